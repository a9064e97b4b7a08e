import { html, nothing } from 'lit-html';
import { quoted } from '../actions/shared.js';
import { ask, query } from '../data/api.js';
import { refreshAll } from '../data/store.js';
import { link, setQuery } from '../frame/route.js';
import { toast } from '../frame/toast.js';
import { copyable, problem, section, word } from '../parts/parts.js';
import { t } from '../words/words.js';

const PATH = '/desired-state';
const YAML = 'application/yaml';
const TONES = { add: 'good', change: 'info', remove: 'warn' };

/** The document as it stands in the field, and what was last answered about exactly this document. */
const asked = { text: '', file: 'models.yaml', prune: false };
let shown = {};
let turn = 0;

/** What should be, and what would have to change for it? */
export function desiredPage() {
  return html`<div class="page-head"><div><h1 tabindex="-1">${t('place.desired')}</h1><p>${t('desired.say')}</p></div>
      <div class="buttons"><a class="button" href="/api/v1${PATH}" download="models.yaml" data-outside>${t('export')}</a></div></div>
    ${section(t('desired.document'), form())}
    <div role="status">${answer()}</div>`;
}

function form() {
  return html`<form class="form" @submit=${(e) => { e.preventDefault(); compare(); }}>
    <textarea id="document" class="document mono" rows="14" spellcheck="false" wrap="off" aria-label=${t('desired.document')} placeholder=${t('desired.hint')} .value=${asked.text}
      @input=${(e) => change({ text: e.target.value })} @dragover=${(e) => e.preventDefault()} @drop=${dropped}></textarea>
    <div class="buttons"><label class="button file">${t('desired.file')}…<input type="file" class="visually-hidden" accept=".yaml,.yml,.json" @change=${(e) => { read(e.target.files[0]); e.target.value = ''; }}></label>
      <button type="button" @click=${present}>${t('desired.present')}</button>
      <label class="check"><input type="checkbox" name="prune" .checked=${asked.prune} @change=${(e) => change({ prune: e.target.checked })}> ${t('desired.prune')}</label>
      <button class="primary" ?disabled=${!asked.text.trim() || shown.busy}>${shown.busy ? t('busy') : t('desired.compare')}</button></div></form>`;
}

/** Another document: what was shown is not about it. */
function change(values) {
  turn++;
  Object.assign(asked, values);
  shown = {};
  setQuery({});
}

function dropped(event) {
  event.preventDefault();
  read(event.dataTransfer.files[0]);
}

async function read(file) {
  if (file) change({ text: await file.text(), file: file.name });
}

async function present() {
  await asking(async () => ({ document: (await ask('GET', PATH, { headers: { Accept: YAML } })).value }));
  if (shown.document !== undefined) change({ text: shown.document, file: 'models.yaml' });
}

function compare() {
  return asking(async () => ({ difference: (await send('POST', PATH + '/diff', {})).value }));
}

/** Exactly what was shown: the registry refuses if it is something else by now. */
async function apply(plan) {
  await asking(async () => ({ difference: (await send('PUT', PATH, { plan })).value }));
  if (!shown.difference) return;
  toast(t('desired.applied', { plan }));
  refreshAll();
}

function send(method, path, values) {
  return ask(method, path + query({ prune: asked.prune, file: asked.file, ...values }), { body: asked.text, type: YAML });
}

async function asking(question) {
  const mine = ++turn;
  shown = { busy: true };
  setQuery({});
  let found;
  try {
    found = await question();
  } catch (refusal) {
    found = { problem: refusal };
  }
  if (mine !== turn) return;
  shown = found;
  setQuery({});
}

function answer() {
  if (shown.busy) return html`<p class="nothing">${t('busy')}</p>`;
  if (shown.problem?.errors?.some((it) => it.line)) return faults(shown.problem);
  if (shown.problem) return problem(shown.problem);
  return shown.difference ? difference(shown.difference) : nothing;
}

/** What is wrong in the document, all of it; a place is a way to it. */
function faults({ errors }) {
  return html`<section class="problem" role="alert"><h2>${t('desired.faults', { n: errors.length })}</h2><ul class="remedies">${errors.map((it) => html`<li data-line=${it.line}>
    <button type="button" @click=${() => goTo(it.line, it.column)}>${t('desired.place', { line: it.line, column: it.column })}</button> <span lang="en"><bdi>${it.detail}</bdi></span></li>`)}</ul></section>`;
}

function goTo(line, column) {
  const field = document.getElementById('document');
  const lines = field.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  field.focus();
  field.setSelectionRange(start + column - 1, start + (lines[line - 1] ?? '').length);
  field.scrollTop = (line - 4) * parseFloat(getComputedStyle(field).lineHeight);
}

function difference(it) {
  const title = it.same ? t('desired.same') : t(it.applied ? 'desired.changed' : 'desired.changes', { n: it.changes.length });
  return html`<section class="panel" data-plan=${it.plan}><header><h2>${title}</h2><code class="quiet-text">${it.plan}</code></header>
    <ul class="rows">${it.changes.map(changed)}</ul>
    ${it.work?.length ? html`<h3>${t('desired.work')}</h3><ul class="rows">${it.work.map((one) => html`<li class="line"><span><bdi>${one.object}</bdi> <span class="topic">${one.event}</span></span><a href=${link.request(one.id)}>${t('follow')} <code>${one.id}</code></a></li>`)}</ul>` : nothing}
    ${it.leftAlone?.length ? html`<details class="foot"><summary>${t('desired.left', { n: it.leftAlone.length })}</summary><ul>${it.leftAlone.map((one) => html`<li><bdi>${one}</bdi></li>`)}</ul></details>` : nothing}
    ${it.same || it.applied ? nothing : toApply(it)}</section>`;
}

function toApply(it) {
  const dangerous = it.changes.some((one) => one.kind === 'remove');
  return html`<div class="buttons foot"><button type="button" class=${dangerous ? 'danger' : 'primary'} @click=${() => apply(it.plan)}>${t('desired.apply', { plan: it.plan })}</button>
      <button type="button" class="plain" @click=${() => change({})}>${t('discard')}</button></div>
    <details class="ways foot"><summary>${t('ways')}</summary><h3>${t('ways.command')}</h3>${copyable(`scripts/manage-ai-models.sh apply -f ${quoted(asked.file)}${asked.prune ? ' --prune' : ''}`)}
      <h3>${t('ways.rest')}</h3>${copyable(`curl -X PUT -H 'Content-Type: ${YAML}' --data-binary @${quoted(asked.file)} ${quoted(`${location.origin}/api/v1${PATH}${query({ prune: asked.prune, plan: it.plan })}`)}`)}</details>`;
}

function changed(it) {
  const [kind, ...name] = it.object.split('/');
  const object = kind === 'model' ? html`<a href=${link.model(name.join('/'))}><bdi>${it.object}</bdi></a>` : html`<bdi>${it.object}</bdi>`;
  return html`<li data-object=${it.object}><span class="line"><strong>${object}</strong>${word(t('desired.kind.' + it.kind), TONES[it.kind])}</span>
    ${it.fields.map((one) => html`<span class="sub mono"><bdi>${one.key}</bdi>: ${said(one.from)} → ${said(one.to)}</span>`)}
    ${it.does.map((one) => html`<span><span lang="en">${one.say}</span> <span class="topic">${one.event}</span></span>`)}</li>`;
}

function said(value) {
  return html`<bdi>${value === undefined || value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value)}</bdi>`;
}
