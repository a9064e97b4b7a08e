import { html, nothing } from 'lit-html';
import { start } from '../actions/actions.js';
import { query } from '../data/api.js';
import { use } from '../data/store.js';
import { route, setQuery, withQuery } from '../frame/route.js';
import { age, day } from '../parts/format.js';
import { copyable, empty, facts, section, shown, stateWord } from '../parts/parts.js';
import { answered, attemptRows, receiverWord } from '../parts/receivers.js';
import { t, term } from '../words/words.js';

const STATES = ['waiting', 'delivered', 'given-up'];
const RECENT = '/notifications?limit=200';

/** Who is told what happens, and did it arrive? */
export function notificationsPage() {
  const receivers = use('/notifications/receivers');
  const recent = use(RECENT).value?.items || [];
  return html`<div class="page-head"><div><h1 tabindex="-1">${t('place.notifications')}</h1><p>${t('notifications.say')}</p></div>
      <div class="buttons"><button type="button" class="primary" @click=${() => start('notify', {})}>${t('action.notify')}…</button></div></div>
    ${section(t('receivers.title'), shown(receivers, (page) => receiverRows(page.items, recent)))}
    ${log(receivers.value?.items || [], recent)}`;
}

function receiverRows(items, recent) {
  if (!items.length) return empty(t('receivers.none'), t('receivers.none.say'));
  return html`<ul class="rows">${items.map((it) => receiver(it, recent.find((one) => one.receiver === it.name && one.attempts)))}</ul>`;
}

function receiver(it, last) {
  const setting = use('/site').value?.items.find((one) => one.key === 'notify/' + it.name)?.value;
  return html`<li data-receiver=${it.name}><span class="line"><span><strong><bdi>${it.name}</bdi></strong> ${receiverWord(it)}</span>
      <span class="buttons"><button type="button" @click=${() => start('ring', { receiver: it.name })}>${t('action.ring')}…</button>
        <button type="button" @click=${() => start('notify', { ...setting, receiver: it.name, on: it.on.join(', '), template: it.template })}>${t('receivers.change')}…</button>
        <button type="button" @click=${() => start('unnotify', { receiver: it.name })}>${t('action.unnotify')}…</button></span></span>
    ${it.why ? html`<p class="sub">${it.why}</p>` : nothing}
    ${facts([[t('receivers.to'), it.to && html`<bdi>${it.to}</bdi>`], [t('field.template'), t('template.' + it.template)], [t('field.on.events'), it.on.join(', ')], [t('receivers.since'), day(it.since)],
    [t('receivers.last'), last && html`${stateWord(last.state)} <bdi>${answered(last)}</bdi> <span class="sub">${t('ago', { age: age(last.updatedAt) })}</span>`]])}</li>`;
}

function log(receivers, recent) {
  const asked = { receiver: route.query.get('receiver') || '', kind: route.query.get('kind') || '', state: route.query.get('state') || '', cursor: route.query.get('cursor') || '' };
  const names = some([...receivers.map((it) => it.name), ...recent.map((it) => it.receiver)], asked.receiver);
  const kinds = some(recent.map((it) => it.kind), asked.kind);
  const open = route.query.get('open');
  return html`<div class="filters">${choice('receiver', names, asked)}${choice('kind', kinds, asked)}
      ${STATES.map((it) => html`<button type="button" class="pill" aria-pressed=${it === asked.state ? 'true' : 'false'} @click=${() => setQuery({ state: it === asked.state ? '' : it, cursor: '' })}>${term('state', it)}</button>`)}</div>
    ${section(t('notifications.log'), html`
      ${shown(use('/notifications' + query({ ...asked, limit: 100 })), (page) => html`
        ${open && !page.items.some((it) => it.id === open) ? details(open) : nothing}${rows(page, open, asked)}`)}`)}`;
}

function some(values, chosen) {
  return [...new Set([...values, chosen].filter(Boolean))].sort();
}

function choice(name, values, asked) {
  return html`<select ?data-filter=${name === 'receiver'} name=${name} aria-label=${t('filter.told.' + name)} @change=${(e) => setQuery({ [name]: e.target.value, cursor: '' })}>
    <option value="" ?selected=${!asked[name]}>${t('filter.told.' + name)}</option>${values.map((it) => html`<option value=${it} ?selected=${it === asked[name]}>${it}</option>`)}</select>`;
}

function rows(page, open, { receiver, kind, state }) {
  if (!page.items.length) {
    return receiver || kind || state ? empty(t('notifications.nomatch'), html`<a href="/notifications" data-replace>${t('filter.clear')}</a>`)
      : empty(t('notifications.none'), t('notifications.none.say'));
  }
  return html`<ul class="rows">${page.items.map((it) => row(it, it.id === open))}</ul>
    ${page.next ? html`<p class="sub"><a href=${withQuery({ cursor: page.next })} data-replace>${t('next')}</a></p>` : nothing}`;
}

function row(it, open) {
  return html`<li data-told=${it.id} data-kind=${it.kind}><span class="line"><span>${stateWord(it.state)} <strong>${it.kind}</strong> → <bdi>${it.receiver}</bdi></span>
      <span class="buttons"><time class="quiet-text" datetime=${it.createdAt}>${t('ago', { age: age(it.createdAt) })}</time>
        <button type="button" @click=${() => start('retell', { id: it.id })}>${t('action.retell')}…</button></span></span>
    <span class="sub"><bdi>${it.say}</bdi></span>
    <span class="sub">${it.attempts ? html`${t('notifications.attempts', { n: it.attempts })} · <bdi>${answered(it)}</bdi>` : t('notifications.untried')}${it.nextAt && it.attempts ? html` · ${t('notifications.next', { at: day(it.nextAt) })}` : nothing}</span>
    <details class="more" ?open=${open} @toggle=${(e) => e.target.open !== open && setQuery({ open: e.target.open ? it.id : '' })}><summary>${t('details')}</summary>${open ? details(it.id) : nothing}</details></li>`;
}

function details(id) {
  return shown(use('/notifications/' + encodeURIComponent(id)), one);
}

/** One of them, with what was told and every attempt. */
function one(it) {
  return html`<div class="preview" data-open=${it.id}><p class="preview-title"><bdi>${it.say}</bdi></p><p class="mono">${it.id}</p>${attemptRows(it.tries)}
    <details><summary>${t('notifications.told')}</summary>${copyable(JSON.stringify(it.data, null, 2))}</details></div>`;
}
