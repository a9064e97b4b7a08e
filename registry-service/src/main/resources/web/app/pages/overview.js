import { html, nothing } from 'lit-html';
import { startFrom } from '../actions/remedy.js';
import { use } from '../data/store.js';
import { age, bytes, count, percent } from '../parts/format.js';
import { bar, facts, legend, remedies, section, shown, word } from '../parts/parts.js';
import { familyParts } from '../parts/space.js';
import { gpuLine } from '../parts/gpu.js';
import { sentence } from '../words/sentences.js';
import { t, term } from '../words/words.js';
import { jobLine } from './downloads.js';

/** Is everything all right, and if not, what to do first? */
export function overviewPage() {
  const status = use('/status');
  return html`
    <div class="page-head"><div><h1 tabindex="-1">${t('place.overview')}</h1></div></div>
    ${section(t('attention.title'), shown(status, attention))}
    <div class="overview">
      <div class="whole">${section(t('services.title'), shown(status, services))}</div>
      ${section(t('downloads.running'), shown(use('/downloads?limit=20'), running), html`<a href="/downloads">${t('all')} ▸</a>`)}
      ${section(t('place.gpus'), shown(use('/gpus'), gpus), html`<a href="/gpus">${t('all')} ▸</a>`)}
      ${section(t('storage.disk'), shown(use('/storage'), disk), html`<a href="/storage">${t('details')} ▸</a>`)}
      ${section(t('safety.title'), shown(status, safety), html`<a href="/storage?tab=backups">${t('backups.title')} ▸</a>`)}
      <div class="whole">${section(t('changes.title'), shown(use('/audit?limit=10'), changes), html`<a href="/audit">${t('all')} ▸</a>`)}</div>
    </div>`;
}

function attention(status) {
  if (!status.attention.length) return html`<p class="nothing">${t('attention.none', { age: age(status.at) })}</p>`;
  return html`<ul class="needs">${status.attention.map((it) => html`<li>
    ${word(t('severity.' + it.severity), it.severity === 'error' ? 'bad' : 'warn')}
    <div class="say"><bdi>${it.say}</bdi> <a class="code-link" href="/problems/${it.code}" data-outside>${it.code}</a>
      <span class="sub">${t('since', { age: age(it.since) })}</span></div>
    ${startFrom(it)}${it.remedies?.length ? html`<div class="code-list">${remedies(it.remedies.slice(0, 1))}</div>` : nothing}</li>`)}</ul>`;
}

function services(status) {
  return html`<ul class="services">${status.services.map((it) => html`<li>
    ${word(it.instance, it.up && it.state === 'ready' ? 'good' : it.up ? 'warn' : 'bad')}
    <span class="sub">${it.up ? term('state', it.state) : t('down')} · ${it.lagRecords ? t('behind', { n: count(it.lagRecords) }) : t('heard', { age: age(Date.parse(status.at) - it.ageSeconds * 1000) })}</span></li>`)}
    <li>${word('Kafka', status.broker.connected ? 'good' : 'bad')}<span class="sub">${status.outbox.pending ? t('outbox', { n: status.outbox.pending }) : t(status.broker.connected ? 'connected' : 'away')}</span></li></ul>`;
}

function running(page) {
  const jobs = page.items.filter((it) => !it.final);
  if (!jobs.length) return html`<p class="nothing">${t('downloads.none')}</p>`;
  return html`<ul class="rows">${jobs.slice(0, 3).map(jobLine)}</ul>`;
}

function gpus(page) {
  if (!page.items.length) return html`<p class="nothing">${t('gpus.none')}</p>`;
  return html`<ul class="rows">${page.items.map(gpuLine)}</ul>`;
}

function disk(page) {
  if (!page.items.length) return html`<p class="nothing">${t('storage.none')}</p>`;
  return html`<ul class="rows">${page.items.map((it) => {
    const parts = familyParts(it);
    const used = it.capacityBytes - it.freeBytes;
    return html`<li><span class="line"><strong>${it.location}</strong><span class="quiet-text">${t('storage.free', { free: bytes(it.freeBytes), all: bytes(it.capacityBytes) })}</span></span>
      ${bar(parts, it.capacityBytes, t('storage.bar', { location: it.location, percent: percent(used, it.capacityBytes) }))}${legend([...parts.slice(0, 4), ...parts.slice(4).filter((one) => one.kind === 'other' || one.kind === 'reserved')])}</li>`;
  })}</ul>`;
}

function safety(status) {
  const backups = use('/backups?limit=50').value?.items || [];
  const done = backups.find((it) => it.kind === 'backup' && it.state === 'done');
  const drill = backups.find((it) => it.kind === 'drill' && it.state === 'done');
  const scrubs = use('/integrity?limit=20').value?.items || [];
  const scrub = scrubs.find((it) => it.state === 'done');
  return facts([
    [t('safety.backup'), aged(done, 36)], [t('safety.drill'), aged(drill, 24 * 8)], [t('safety.scrub'), aged(scrub, 24 * 7)],
    [t('safety.audit'), html`${count(status.audit.records)} ${t('records')}<span class="sub mono">${status.audit.hash.slice(0, 12)}</span>`],
  ]);
}

function aged(it, hours) {
  if (!it) return word(t('never'), 'warn');
  const late = Date.now() - Date.parse(it.finishedAt) > hours * 3_600_000;
  return word(t('ago', { age: age(it.finishedAt) }), late ? 'warn' : 'good');
}

function changes(page) {
  if (!page.items.length) return html`<p class="nothing">${t('changes.none')}</p>`;
  return html`<ol class="changes">${page.items.map((it) => html`<li><span><bdi>${sentence(it)}</bdi></span>
    <time datetime=${it.at} title=${it.at}>${t('ago', { age: age(it.at) })}</time></li>`)}</ol>`;
}

