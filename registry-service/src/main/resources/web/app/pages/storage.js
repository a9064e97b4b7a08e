import { html, nothing } from 'lit-html';
import { start } from '../actions/actions.js';
import { use } from '../data/store.js';
import { link, route, withQuery } from '../frame/route.js';
import { age, bytes, day, percent, span } from '../parts/format.js';
import { bar, empty, facts, legend, problem, section, shown, stateWord, table, tabs } from '../parts/parts.js';
import { familyParts, treemap } from '../parts/space.js';
import { forecast } from './forecast.js';
import { quotasTab } from './quotas.js';
import { trash } from './trash.js';
import { t, term } from '../words/words.js';

const TABS = { space, cleanup, integrity, backups, quotas: quotasTab };

/** Where did the space go, what can come back, would a loss be survived? */
export function storagePage() {
  const chosen = TABS[route.query.get('tab')] ? route.query.get('tab') : 'space';
  return html`<div class="page-head"><div><h1 tabindex="-1">${t('place.storage')}</h1></div></div>
    ${tabs(Object.keys(TABS).map((id) => [id, t('storage.tab.' + id)]), chosen, (id) => withQuery({ tab: id === 'space' ? '' : id }))}
    ${TABS[chosen]()}`;
}

function space() {
  return html`${shown(use('/storage'), (page) => page.items.length ? page.items.map(location) : html`<section class="panel">${empty(t('storage.none'), t('storage.none.say'), 'doctor')}</section>`)}
    ${section(t('storage.models'), shown(use('/usage'), models))}`;
}

function location(it) {
  const parts = familyParts(it);
  return section(it.location, html`${bar(parts, it.capacityBytes, t('storage.bar', { location: it.location, percent: percent(it.capacityBytes - it.freeBytes, it.capacityBytes) }), { size: 'thick' })}${legend(parts)}
    ${facts([[t('storage.capacity'), bytes(it.capacityBytes)], [t('kind.free'), bytes(it.freeBytes)], [t('kind.reserved'), bytes(it.reservedBytes)], [t('kind.cache'), bytes(it.cacheBytes)],
      [t('kind.trash'), bytes(it.trashBytes)], [t('kind.archive'), bytes(it.archiveBytes)],
      [t('forecast.head'), forecast(it)]])}`, html`<span class="quiet-text">${t('heard', { age: age(it.reportedAt) })}</span>`);
}

const WIDE = 1000;
const HIGH = 260;

/** Where a box of the treemap lies. */
function at(box) {
  const share = (n, of) => `${((100 * n) / of).toFixed(3)}%`;
  return `left:${share(box.x, WIDE)};top:${share(box.y, HIGH)};width:${share(box.w, WIDE)};height:${share(box.h, HIGH)}`;
}

function models(usage) {
  if (!usage.byModel.length) return empty(t('storage.nomodels'), t('downloads.empty.say'), 'download llama2-7b');
  const boxes = treemap(usage.byModel, WIDE, HIGH);
  return html`<div class="treemap" aria-hidden="true">${boxes.map((it, i) => html`<span class="ground-family-${(i % 4) + 1}" title="${it.item.model} ${bytes(it.item.bytes)}" .style=${at(it)}>${it.w > 90 && it.h > 28
      ? html`<b><bdi>${it.item.model}</bdi> ${bytes(it.item.bytes)}</b>` : nothing}</span>`)}</div>
    <div class="table">${table(t('storage.models'), [t('head.name'), { say: t('head.versions'), num: true }, { say: t('head.size'), num: true }, { say: t('head.share'), num: true }],
      [...usage.byModel].sort((a, b) => b.bytes - a.bytes).map((it, i) => html`<tr><td class="name"><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class="part-family-${(i % 4) + 1}" width="10" height="10" rx="2"></rect></svg>
        <a href=${link.model(it.model)}><bdi>${it.model}</bdi></a></td><td class="num">${it.versions}</td><td class="num">${bytes(it.bytes)}</td><td class="num">${percent(it.bytes, usage.bytes)} %</td></tr>`))}</div>`;
}

function work(items, none) {
  if (!items.length) return none;
  return html`<ul class="rows">${items.map((it) => html`<li data-work=${it.id}><span class="line"><span>${stateWord(it.state)} <strong>${it.kind ? term('work', it.kind) : ''}</strong> <bdi>${it.model || it.asked?.scope || ''}</bdi>
      <a href=${link.request(it.id)}><code>${it.backup || it.id}</code></a></span><span class="quiet-text">${it.actor} · ${t('ago', { age: age(it.createdAt) })}</span></span>
    ${!it.final && it.totalBytes ? bar([{ bytes: it.doneBytes, kind: 'fetched', say: bytes(it.doneBytes) }], it.totalBytes, `${term('work', it.kind)} ${percent(it.doneBytes, it.totalBytes)} %`) : nothing}
    ${it.result ? html`<span class="sub">${result(it)}</span>` : nothing}${it.problem ? problem(it.problem) : nothing}
    ${it.state === 'done' && it.kind === 'cleanup' && it.result?.removedCount ? html`<span><button type="button" @click=${() => start('undo', { trash: 'last' })}>${t('action.undo')}…</button></span>` : nothing}</li>`)}</ul>`;
}

function result(it) {
  const r = it.result;
  if (it.kind === 'backup' && r.backup) return t('backups.result', { models: r.models, files: r.files, added: bytes(r.addedBytes), total: bytes(r.totalBytes), time: span(r.seconds || 0) });
  if (it.kind === 'cleanup') return t('cleanup.result', { n: r.removedCount ?? 0, bytes: bytes(r.freedBytes) });
  if (it.kind === 'scrub') return t('scrub.result', { bytes: bytes(r.readBytes), n: r.damaged ?? 0 });
  if (r.files !== undefined) return t('restore.result', { files: r.files, bytes: bytes(r.totalBytes ?? r.addedBytes) });
  return '';
}

function cleanup() {
  return html`${trash()}${section(t('storage.tab.cleanup'), shown(use('/cleanups?limit=50'), (page) => work(page.items, empty(t('cleanup.none'), t('cleanup.none.say'), 'cleanup --dry-run'))),
    html`<span class="buttons"><button type="button" @click=${() => start('undo', {})}>${t('action.undo')}…</button><button type="button" class="primary" @click=${() => start('cleanup', {})}>${t('cleanup.plan')}…</button></span>`)}`;
}

/** What was found damaged and not repaired yet, with what mends it. */
function damaged() {
  const items = use('/models?limit=100&filter=state=damaged').value?.items || [];
  if (!items.length) return nothing;
  return section(html`${t('damaged.title')} <span class="quiet-text">${items.length}</span>`, html`<ul class="rows">${items.map((it) => html`<li><span class="line"><span>${stateWord(it.state)} <a href=${link.model(it.model)}><bdi>${it.model}</bdi></a></span>
    <button type="button" @click=${() => start('repair', { model: it.model })}>${t('action.repair')}…</button></span></li>`)}</ul>`);
}

function integrity() {
  return html`${damaged()}${section(t('storage.tab.integrity'), shown(use('/integrity?limit=50'), (page) => work(page.items, empty(t('integrity.none'), t('integrity.none.say'), 'verify --all'))),
    html`<button type="button" @click=${() => start('verify', {})}>${t('action.verify')}…</button>`)}`;
}

function backups() {
  return shown(use('/backups?limit=500'), (page) => html`
    ${section(t('backups.calendar'), calendar(page.items.filter((it) => it.kind === 'backup' || !it.kind)))}
    ${section(t('backups.title'), work(page.items.filter((it) => it.state !== 'planned').slice(0, 50), empty(t('backups.none'), t('backups.none.say'), 'backup')), html`<span class="buttons">
      ${['check', 'prune', 'keep', 'drill'].map((id) => html`<button type="button" @click=${() => start(id, {})}>${t('action.' + id)}…</button>`)}<button type="button" @click=${() => start('restore', {})}>${t('action.restore')}…</button>
      <button type="button" class="primary" @click=${() => start('backup', {})}>${t('action.backup')}…</button></span>`)}
    ${section(t('restores.title'), shown(use('/restores?limit=50'), (list) => work(list.items, html`<p class="nothing">${t('restores.none')}</p>`)))}`);
}

/** 90 days, each good, failed or without a backup; in words for those who do not see the colours. */
function calendar(items) {
  const days = Array.from({ length: 90 }, (_, i) => new Date(Date.now() - (89 - i) * 86_400_000).toISOString().slice(0, 10));
  const by = (day, state) => items.filter((it) => it.state === state && it.createdAt.startsWith(day)).length;
  const marks = days.map((date) => ({ date, good: by(date, 'done'), bad: by(date, 'failed') }));
  const good = marks.filter((it) => it.good).length;
  const bad = marks.filter((it) => it.bad && !it.good).length;
  return html`<div class="calendar" role="img" aria-label=${t('backups.calendar.say', { good, bad })}>${marks.map((it) => html`<span class=${it.good ? 'good' : it.bad ? 'bad' : ''}
    title="${day(it.date)}: ${it.good ? t('backups.good') : it.bad ? t('backups.bad') : t('backups.no')}"></span>`)}</div><p class="sub">${t('backups.calendar.say', { good, bad })}</p>`;
}
