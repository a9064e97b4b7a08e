import { html, nothing } from 'lit-html';
import { start } from '../actions/actions.js';
import { query } from '../data/api.js';
import { use } from '../data/store.js';
import { route, setQuery } from '../frame/route.js';
import { bytes, short } from '../parts/format.js';
import { section, shown, table, word } from '../parts/parts.js';
import { t, term } from '../words/words.js';

/** What would change from one version to another? */
export function comparePage(name) {
  const from = route.query.get('from') || 'current';
  const to = route.query.get('to') || 'upstream';
  const raw = route.query.get('raw') === 'true';
  const path = '/models/' + encodeURIComponent(name);
  const versions = (use(path + '/versions').value?.items || []).map((it) => [it.commit, short(it.commit) + (it.current ? ` (${t('current')})` : '')]);
  const side = (label, key, value) => html`<label>${label} <select @change=${(e) => setQuery({ [key]: e.target.value })}>
    ${[['current', t('current')], ['upstream', t('upstream')], ...versions].map(([id, say]) => html`<option value=${id} ?selected=${id === value}>${say}</option>`)}</select></label>`;
  return html`<div class="page-head"><div><h1 tabindex="-1"><bdi>${t('compare.title', { name })}</bdi></h1></div></div>
    <div class="filters">${side(t('compare.from'), 'from', from)}${side(t('compare.to'), 'to', to)}
      <label><input type="checkbox" .checked=${raw} @change=${(e) => setQuery({ raw: e.target.checked ? 'true' : '' })}> ${t('compare.raw')}</label></div>
    ${shown(use(`${path}/compare${query({ from, to, raw: raw ? 'true' : '' })}`), (it) => comparison(it, name))}`;
}

function comparison(it, name) {
  return html`<section class="panel"><p class="verdict">${it.headline}</p><p>${it.verdict}</p>
      <p class="sub">${short(it.from.commit)} → ${short(it.to.commit)}${it.same ? nothing : html` · ${t('compare.fetch', { bytes: bytes(it.fetchBytes ?? 0) })}`}${it.unread ? html` · ${t('compare.unread', { side: String(it.unread) })}` : nothing}</p>
      ${it.same ? nothing : html`<p class="buttons"><button type="button" @click=${() => start('download', { model: name, revision: it.to.commit })}>${t('compare.take')}…</button>
        <button type="button" @click=${() => start('pin', { model: name, commit: it.from.commit })}>${t('compare.stay')}…</button></p>`}</section>
    ${section(t('compare.aspects'), html`<ul class="rows">${it.aspects.map((one) => html`<li><span class="line"><strong>${t('aspect.' + one.name)}</strong>${word(term('state', one.state), { same: 'good', changed: 'warn' }[one.state] || 'quiet')}</span>
      <span class="quiet-text"><bdi>${one.say}</bdi></span>${one.files?.length ? html`<span class="sub mono">${one.files.join(', ')}</span>` : nothing}</li>`)}</ul>`)}
    ${it.changes?.length ? section(t('compare.changes'), table(t('compare.changes'), [t('head.key'), t('compare.from'), t('compare.to'), t('head.meaning')], it.changes.map((one) => html`<tr><td class="mono"><bdi>${one.key}</bdi><span class="sub">${one.aspect}</span></td>
      <td><bdi>${one.from ?? '–'}</bdi></td><td><bdi>${one.to ?? '–'}</bdi></td><td>${one.meaning || ''}</td></tr>`))) : nothing}
    ${it.memory?.length ? section(t('compare.memory'), table(t('compare.memory'), ['GPU', { say: t('compare.from'), num: true }, { say: t('compare.to'), num: true }], it.memory.map((one) => html`<tr><td>${one.host}/${one.gpu}</td><td class="num">${t('users', { n: one.usersFrom })}</td><td class="num">${t('users', { n: one.usersTo })}</td></tr>`))) : nothing}
    ${it.raw ? section(t('compare.raw'), html`<div class="code"><pre class="diff" tabindex="0">${it.raw.split('\n').map((line) => html`<span class=${line[0] === '+' ? 'plus' : line[0] === '-' ? 'minus' : ''}>${line}\n</span>`)}</pre></div>`) : nothing}`;
}
