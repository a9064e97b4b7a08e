import { html, nothing } from 'lit-html';
import { start } from '../actions/actions.js';
import { use } from '../data/store.js';
import { link, route, setQuery } from '../frame/route.js';
import { age, bytes, percent, short, span } from '../parts/format.js';
import { copyable, empty, facts, problem, progressBar, section, shown, stateWord } from '../parts/parts.js';
import { t, term } from '../words/words.js';

const GROUPS = [
  ['running', (it) => !it.final && it.state !== 'waiting'], ['waiting', (it) => it.state === 'waiting'],
  ['failed', (it) => it.state === 'failed' || it.state === 'expired'],
  ['done', (it) => it.final && it.state !== 'failed' && it.state !== 'expired' && !it.planOnly],
];

/** When is it there, and why did that one fail? */
export function downloadsPage() {
  const text = (route.query.get('q') || '').toLowerCase();
  return html`
    <div class="page-head"><div><h1 tabindex="-1">${t('place.downloads')}</h1></div>
      <div class="buttons"><button type="button" class="primary" @click=${() => start('download', {})}>${t('download.new')}…</button></div></div>
    <div class="filters"><input type="search" data-filter aria-label=${t('filter.downloads')} placeholder=${t('filter.downloads')} .value=${text}
      @input=${(e) => setQuery({ q: e.target.value })}></div>
    ${shown(use('/downloads?limit=100'), (page) => groups(page.items.filter((it) => `${it.model} ${it.id} ${it.state}`.toLowerCase().includes(text)), text))}`;
}

function groups(items, text) {
  const filled = GROUPS.map(([name, fits]) => [name, items.filter(fits)]).filter(([, rows]) => rows.length);
  if (!filled.length) {
    return html`<section class="panel">${text ? empty(t('downloads.nomatch'), '') : empty(t('downloads.empty'), t('downloads.empty.say'), 'download llama2-7b')}</section>`;
  }
  return filled.map(([name, rows]) => section(html`${t('downloads.' + name)} <span class="quiet-text">${rows.length}</span>`,
    html`<div>${rows.map((it) => job(it, name))}</div>`));
}

function job(it, group) {
  const open = route.query.get('open') === it.id;
  return html`<article class="job" data-job=${it.id} data-state=${it.state}>
    <div><a class="name" href=${link.model(it.model)}><bdi>${it.model}</bdi></a> <code>${it.commit ? short(it.commit) : it.revision || ''}</code>
      <span class="sub">${t('download.by', { actor: it.actor, origin: it.origin, age: age(it.createdAt) })}</span></div>
    <div>${group === 'done' || group === 'failed' ? ended(it) : html`${progressBar(it, it.model)}<span class="line"><span>${stateWord(it.state)}</span>
      <span class="quiet-text">${amounts(it)}</span></span>`}</div>
    <div class="buttons">
      ${it.final ? nothing : html`<button type="button" @click=${() => start('cancel', { id: it.id, model: it.model })}>${t('cancel')}</button>`}
      ${group === 'failed' ? html`<button type="button" @click=${() => start('download', { model: it.model, revision: it.revision })}>${t('again')}</button>` : nothing}
    </div>
    ${it.problem && group === 'failed' ? html`<div class="more">${problem(it.problem)}</div>` : nothing}
    <details class="more" ?open=${open} @toggle=${(e) => e.target.open !== open && setQuery({ open: e.target.open ? it.id : '' })}>
      <summary>${t('details')}</summary>${open ? details(it) : nothing}</details></article>`;
}

function ended(it) {
  return html`<span class="line"><span>${stateWord(it.state)} <span class="quiet-text">${it.finishedAt ? t('ago', { age: age(it.finishedAt) }) : ''}</span></span>
    <span class="quiet-text">${it.totalBytes ? t('download.sum', { fetched: bytes(it.fetchedBytes), total: bytes(it.totalBytes), share: percent(it.reusedBytes, it.totalBytes) }) : nothing}</span></span>`;
}

/** Bytes, files, rate and how long still. */
function amounts(it) {
  const parts = [];
  if (it.totalBytes) parts.push(`${bytes(it.doneBytes)} / ${bytes(it.totalBytes)}`, t('download.files', { done: it.filesDone, total: it.filesTotal }));
  if (it.rateBytesPerSecond) parts.push(bytes(it.rateBytesPerSecond) + '/s');
  if (it.etaSeconds !== undefined) parts.push(t('download.eta', { time: span(it.etaSeconds) }));
  if (it.waitingFor) parts.push(t('download.waiting', { what: it.waitingFor }));
  return parts.join(' · ');
}

/** One line of the overview. */
export function jobLine(it) {
  return html`<li><span class="line"><a href="/downloads?open=${it.id}"><bdi>${it.model}</bdi></a><span class="quiet-text">${amounts(it) || term('state', it.state)}</span></span>${progressBar(it, it.model)}</li>`;
}

function details(it) {
  const all = use('/downloads/' + encodeURIComponent(it.id)).value || it;
  const problems = (all.at || []).filter((one) => one.problem);
  return html`${facts([
    [t('field.request'), html`<a href=${link.request(it.id)}><code>${it.id}</code></a>`], [t('field.repository'), html`<bdi>${all.repository}</bdi>`], [t('field.revision'), all.revision],
    [t('field.commit'), all.commit ? html`<code>${all.commit}</code>` : undefined], [t('field.source'), all.source ? term('source', all.source) : undefined], [t('field.location'), all.location], [t('field.holder'), all.holder],
    [t('field.attempt'), all.attempt], [t('download.fetched.head'), bytes(all.fetchedBytes)], [t('download.reused.head'), bytes(all.reusedBytes)],
  ])}${problems.map((one) => html`<p>${one.location}: ${one.problem.detail}</p>`)}${copyable('scripts/manage-ai-models.sh watch ' + it.id)}`;
}
