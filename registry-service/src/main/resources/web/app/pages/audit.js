import { html, nothing } from 'lit-html';
import { query } from '../data/api.js';
import { use } from '../data/store.js';
import { route, setQuery, withQuery } from '../frame/route.js';
import { count, day } from '../parts/format.js';
import { copyable, empty, section, shown, table, word } from '../parts/parts.js';
import { sentence } from '../words/sentences.js';
import { t } from '../words/words.js';

/** Who did what, and can this record be trusted? */
export function auditPage() {
  const asked = { object: route.query.get('object'), actor: route.query.get('actor'), from: route.query.get('from'), to: route.query.get('to'), cursor: route.query.get('cursor') };
  const field = (name) => html`<input type="search" ?data-filter=${name === 'object'} aria-label=${t('filter.' + name)} placeholder=${t('filter.' + name)} .value=${asked[name] || ''} @change=${(e) => setQuery({ [name]: e.target.value.trim(), cursor: '' })}>`;
  const address = '/audit' + query({ ...asked, limit: 100 });
  return html`
    <div class="page-head"><div><h1 tabindex="-1">${t('place.audit')}</h1></div><div class="buttons"><a class="button" href="/api/v1${address}" download="audit.json" data-outside>${t('export')}</a></div></div>
    ${section(t('audit.chain'), shown(use('/audit/verify'), chain))}
    <div class="filters">${field('object')}${field('actor')}</div>
    <section class="panel">${shown(use(address), (page) => page.items.length ? rows(page) : empty(t('audit.none'), t('audit.none.say'), 'audit'))}</section>`;
}

function chain(it) {
  return it.intact
    ? html`<p>${word(t('audit.intact', { n: count(it.records) }), 'good')} <code class="quiet-text">${it.head?.hash?.slice(0, 24)}…</code></p>`
    : html`<p>${word(t('audit.broken', { n: it.firstBroken?.seq }), 'bad')} ${it.firstBroken?.reason}</p>`;
}

function rows(page) {
  return html`<div class="cards">${table(t('place.audit'), [{ say: '#', num: true }, t('head.when'), t('head.what'), t('head.way'), t('head.detail')], page.items.map((it) => html`<tr>
      <td class="num" data-head="#">${it.seq}</td><td><time datetime=${it.at}>${day(it.at)}</time></td><td class="name"><bdi>${sentence(it)}</bdi><span class="sub mono">${it.action}</span></td><td data-head=${t('head.way')}>${it.source}</td>
      <td><details><summary>${t('details')}</summary>${copyable(JSON.stringify(it.detail, null, 2))}<span class="sub mono">${it.hash}</span></details></td></tr>`))}</div>
    ${page.next ? html`<p class="sub"><a href=${withQuery({ cursor: page.next })} data-replace>${t('next')}</a></p>` : nothing}`;
}
