import { html, nothing } from 'lit-html';
import { ACTIONS, start } from '../actions/actions.js';
import { startMany } from '../actions/dialog.js';
import { query } from '../data/api.js';
import { use } from '../data/store.js';
import { link, route, setQuery, withQuery } from '../frame/route.js';
import { age, bytes, short } from '../parts/format.js';
import { empty, shown, stateWord, table, word } from '../parts/parts.js';
import { t, term } from '../words/words.js';

const STATES = ['active', 'present', 'downloading', 'absent', 'archived', 'damaged', 'orphan'];

const MANY = Object.entries(ACTIONS).filter(([, it]) => it.many).map(([id]) => id);
const chosen = new Set();

/** What is there, and in what state? */
export function modelsPage() {
  const text = route.query.get('q') || '';
  const state = route.query.get('state') || '';
  const cursor = route.query.get('cursor') || '';
  const filter = state ? `state=${state}` : '';
  const placed = use('/placements').value?.items || [];
  return html`
    <div class="page-head"><div><h1 tabindex="-1">${t('place.models')}</h1></div>
      <div class="buttons"><button type="button" class="primary" @click=${() => start('download', {})}>${t('action.download')}…</button></div></div>
    <div class="filters">
      <input type="search" data-filter aria-label=${t('filter.models')} placeholder=${t('filter.models')} .value=${text}
        @input=${(e) => setQuery({ q: e.target.value, cursor: '' })}>
      ${STATES.map((it) => html`<button type="button" class="pill" aria-pressed=${it === state ? 'true' : 'false'}
        @click=${() => setQuery({ state: it === state ? '' : it, cursor: '' })}>${term('state', it)}</button>`)}
    </div>
    <section class="panel">${shown(use('/models' + query({ q: text, filter, cursor, limit: 100 })), (page) => rows(page, placed, text || state))}</section>`;
}

function rows(page, placed, filtered) {
  if (!page.items.length) {
    return filtered ? empty(t('models.nomatch'), html`<a href="/models" data-replace>${t('filter.clear')}</a>`)
      : empty(t('models.none'), t('models.none.say'), 'download llama2-7b');
  }
  const sum = page.items.reduce((all, it) => all + it.sizeBytes, 0);
  const shownNames = page.items.map((it) => it.model);
  [...chosen].filter((it) => !shownNames.includes(it)).forEach((it) => chosen.delete(it));
  const heads = [{ say: all(shownNames) }, t('head.name'), t('head.state'), t('head.version'), { say: t('head.size'), num: true }, t('head.newer'), t('head.verified'), t('head.used'), t('head.placed'), t('head.licence')];
  return html`${bulk()}<div class="cards">${table(t('place.models'), heads, page.items.map((it) => row(it, placed.find((one) => one.model === it.model))))}</div>
    <p class="sub foot">${t('models.sum', { n: page.items.length, bytes: bytes(sum) })}
      ${page.next ? html` · <a href=${withQuery({ cursor: page.next })} data-replace>${t('next')}</a>` : nothing}</p>`;
}

/** What can be done with all that are chosen; nothing while none is. */
function bulk() {
  if (!chosen.size) return nothing;
  return html`<div class="bulk" role="group" aria-label=${t('models.chosen', { n: chosen.size })}><strong>${t('models.chosen', { n: chosen.size })}</strong>
    ${MANY.map((id) => html`<button type="button" @click=${() => startMany(id, [...chosen])}>${t('action.' + id)}…</button>`)}
    <button type="button" class="plain" @click=${() => choose([...chosen], false)}>${t('models.choose.none')}</button></div>`;
}

function choose(names, on) {
  names.forEach((it) => (on ? chosen.add(it) : chosen.delete(it)));
  setQuery({});
}

function all(names) {
  const every = names.every((it) => chosen.has(it));
  return html`<input type="checkbox" aria-label=${t('models.choose.all')} .checked=${every} .indeterminate=${!every && chosen.size > 0} @change=${(e) => choose(names, e.target.checked)}>`;
}

function row(it, decision) {
  return html`<tr>
    <td class="choose"><input type="checkbox" aria-label=${t('models.choose', { model: it.model })} .checked=${chosen.has(it.model)} @change=${(e) => choose([it.model], e.target.checked)}></td>
    <td class="name"><a href=${link.model(it.model)}><bdi>${it.model}</bdi></a><span class="sub"><bdi>${it.displayName}</bdi> · ${it.family}</span></td>
    <td>${stateWord(it.state)}${it.newer?.waits ? html` ${word(t('models.waits'), 'warn')}` : nothing}${it.current?.scan === 'warned' ? html` ${word(t('models.scan'), 'warn')}` : nothing}${it.current?.upstreamSignature === 'valid' ? html` ${word(t('models.signed'), 'good')}` : it.current?.upstreamSignature === 'invalid' ? html` ${word(t('models.badsign'), 'bad')}` : nothing}</td>
    <td data-head=${t('head.version')} ?data-none=${!it.current}>${it.current ? html`<code>${short(it.current.commit)}</code>${it.pin ? html` <span class="quiet-text">${t('pinned')}</span>` : nothing}` : '–'}</td>
    <td class="num" data-head=${t('head.size')} ?data-none=${!it.sizeBytes}>${it.sizeBytes ? bytes(it.sizeBytes) : '–'}</td>
    <td data-head=${t('head.newer')} ?data-none=${!it.newer}>${it.newer ? newer(it) : '–'}</td>
    <td data-head=${t('head.verified')} ?data-none=${!it.current}>${it.current ? html`${t('ago', { age: age(it.current.verifiedAt) })}<span class="sub">${it.current.verifiedBy}</span>` : '–'}</td>
    <td data-head=${t('head.used')} ?data-none=${!it.lastUsedAt}>${it.lastUsedAt ? html`<time datetime=${it.lastUsedAt}>${t('ago', { age: age(it.lastUsedAt) })}</time>` : '–'}</td>
    <td data-head=${t('head.placed')} ?data-none=${!decision && !it.placement}>${placement(decision, it)}</td>
    <td data-head=${t('head.licence')} ?data-none=${!it.licence}>${it.licence || '–'}</td></tr>`;
}

/** What the branch has since; how far apart the two are no hub tells, but compare does. */
function newer(it) {
  return html`<a href=${link.compare(it.model, 'current', 'upstream')}><code>${short(it.newer.commit)}</code></a><span class="sub">${t('models.seen', { age: age(it.newer.seenAt) })}</span>`;
}

function placement(decision, it) {
  if (!decision) return it.placement ? html`<span class="quiet-text">${t('asked.users', it.placement)}</span>` : '–';
  if (decision.state !== 'placed') return stateWord('unplaced');
  return html`${decision.replicas.map((one) => `${one.host}/${one.gpus.map((gpu) => gpu.id).join('+')}`).join(', ')}
    <span class="sub">${t('users', { n: decision.replicas.reduce((sum, one) => sum + one.users, 0) })}</span>`;
}

