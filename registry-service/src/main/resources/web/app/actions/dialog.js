import { html, nothing } from 'lit-html';
import { ask, newRequestId } from '../data/api.js';
import { refreshAll } from '../data/store.js';
import { go, link } from '../frame/route.js';
import { toast } from '../frame/toast.js';
import { copyable, problem } from '../parts/parts.js';
import { t } from '../words/words.js';
import { eachPreview } from './previews.js';
import { quoted } from './shared.js';

/**
 * What is about to be done: asked for, previewed, shown in its three forms, then done. An undoable action needs one
 * click; one that stops or frees something says so on its button; one that cannot be undone wants the name typed.
 */
let open = null;
let actions = {};
let draw = () => {};

/** Which actions there are, by id. */
export function known(all) {
  actions = all;
}

/** Opens the dialog of an action. */
export function start(id, values) {
  openDialog(actions[id], values);
}

/** Opens the dialog of an action that is done to several models, one after the other. */
export function startMany(id, names) {
  const one = actions[id];
  openDialog({ ...one, many: false, severity: one.severity === 'mild' ? 'mild' : 'hard', title: t('many.title', { what: one.title, n: names.length }),
    fields: [], preview: () => eachPreview(one, names), steps: (v) => v.each || [], one, after: () => ({}) }, {});
}

export function onDialog(callback) {
  draw = callback;
}

export function openDialog(action, values = {}) {
  const first = Object.fromEntries((action.fields || []).map((field) => [field.name, field.value ?? '']));
  open = { action, values: { ...first, ...values }, id: newRequestId(), typed: '', preview: null, problem: null, busy: false, turn: 0 };
  draw();
  const dialog = document.getElementById('action');
  if (!dialog.open) dialog.showModal();
  if (complete()) look();
}

function complete() {
  return (open.action.fields || []).every((field) => !field.required || String(open.values[field.name] ?? '').trim());
}

async function look() {
  if (!open?.action.preview) return;
  const mine = open;
  const turn = ++mine.turn;
  mine.preview = { loading: true };
  draw();
  let found;
  try {
    found = { view: await mine.action.preview(mine.values) };
  } catch (problem) {
    found = { problem };
  }
  if (open !== mine || mine.turn !== turn) return;
  mine.preview = found;
  if (found.view?.values) Object.assign(mine.values, found.view.values);
  draw();
}

async function run(event) {
  event.preventDefault();
  const mine = open;
  if (mine.busy || !ready()) return;
  mine.busy = true;
  mine.problem = null;
  draw();
  try {
    const value = mine.action.steps ? await several(mine) : await send(mine.action.request(mine.values), mine.id);
    document.getElementById('action').close();
    done(mine, value);
  } catch (problem) {
    mine.problem = problem;
    mine.busy = false;
    draw();
  }
}

/** One request; the same click asked twice is done once. */
async function send(it, id) {
  const headers = it.method === 'POST' ? { 'Idempotency-Key': id } : {};
  if (it.ifMatch) headers['If-Match'] = (await ask('GET', it.ifMatch)).etag;
  return (await ask(it.method, it.path, { body: it.body, headers })).value;
}

async function several(mine) {
  const steps = mine.action.steps(mine.values);
  for (const [i, values] of steps.entries()) {
    await send(mine.action.one.request(values), `${mine.id}-${i}`);
  }
  return undefined;
}

function done(it, answer) {
  const after = it.action.after?.(it.values, answer) || {};
  const id = answer?.requestId || answer?.id;
  toast(after.say || t('done.asked', { what: it.action.title }), {
    undo: after.undo,
    link: after.link || (id ? { href: link.request(id), say: t('follow') } : undefined),
  });
  refreshAll();
  if (after.go) go(after.go);
}

function ready() {
  const { preview, severity } = open.action;
  if (!complete() || open.preview?.loading || open.preview?.view?.refuse) return false;
  if (preview && severity !== 'mild' && !open.preview) return false;
  if (open.action.steps && !open.preview?.view) return false;
  return severity !== 'severe' || open.typed === nameToType();
}

function nameToType() {
  return open.action.nameToType(open.values);
}

export function dialogView() {
  if (!open) return nothing;
  const { action, values } = open;
  const severe = action.severity === 'severe';
  return html`<dialog id="action" aria-labelledby="action-title" @close=${() => { open = null; draw(); }}>
    <h2 id="action-title">${action.title}${values.model && !fieldNamed('model') ? html` · <bdi>${values.model}</bdi>` : nothing}</h2>
    <form class="form" @submit=${run}>
      ${action.say ? html`<p class="quiet-text">${action.say}</p>` : nothing}
      ${(action.fields || []).map(fieldView)}
      ${previewView()}
      ${severe ? html`<label>${t('type.name', { name: nameToType() })}<input autocomplete="off" .value=${open.typed}
        @input=${(e) => { open.typed = e.target.value; draw(); }}></label>` : nothing}
      ${open.problem ? problem(open.problem) : nothing}
      ${complete() ? ways() : nothing}
      <div class="buttons">
        <button type="button" autofocus @click=${() => document.getElementById('action').close()}>${t('cancel')}</button>
        ${action.preview ? html`<button type="button" ?disabled=${!complete()} @click=${look}>${t('preview.again')}</button>` : nothing}
        <button class=${action.severity === 'mild' ? 'primary' : 'danger'} ?disabled=${!ready() || open.busy}>
          ${open.busy ? t('busy') : action.button || action.title}</button>
      </div></form></dialog>`;
}

function fieldNamed(name) {
  return (open.action.fields || []).some((field) => field.name === name);
}

function fieldView(field) {
  const change = (e) => {
    open.values[field.name] = field.type === 'number' ? (e.target.value === '' ? '' : Number(e.target.value)) : e.target.value;
    open.preview = null;
    delete open.values.plan;
    draw();
  };
  const settle = () => complete() && look();
  const value = open.values[field.name];
  const options = typeof field.options === 'function' ? field.options(open.values) : field.options;
  const control = options && !field.free
    ? html`<select name=${field.name} @change=${(e) => { change(e); settle(); }}>
        ${value && options.some(([id]) => id === value) ? nothing : html`<option value="" selected>${t('choose')}</option>`}
        ${options.map(([id, say]) => html`<option value=${id} ?selected=${id === value}>${say}</option>`)}</select>`
    : html`<input name=${field.name} type=${field.type || 'text'} min=${field.min ?? nothing} list=${options ? 'list-' + field.name : nothing}
        autocomplete="off" .value=${String(value ?? '')} ?required=${field.required} @input=${change} @change=${settle}>
        ${options ? html`<datalist id="list-${field.name}">${options.map(([id, say]) => html`<option value=${id}>${say}</option>`)}</datalist>` : nothing}`;
  return html`<label><span>${field.label}${field.required ? nothing : html` <span class="quiet-text">${t('optional')}</span>`}</span>${control}
    ${field.say ? html`<span class="sub">${field.say}</span>` : nothing}</label>`;
}

function previewView() {
  const it = open.preview;
  if (!it) return nothing;
  if (it.loading) return html`<div class="preview" role="status">${t('preview.loading')}</div>`;
  if (it.problem) return problem(it.problem);
  return html`<div class="preview" role="status"><p class="preview-title">${it.view.title}</p>${it.view.body || nothing}</div>`;
}

/** The same by command, by REST and by event; for several models each of them. */
function ways() {
  const { action, values, id } = open;
  const steps = action.steps ? action.steps(values) : [values];
  if (!steps.length) return nothing;
  const of = action.one || action;
  const lines = (say) => copyable(steps.map(say).join('\n'));
  return html`<details class="ways"><summary>${t('ways')}</summary>
    <h3>${t('ways.command')}</h3>${of.command ? lines((v) => 'scripts/manage-ai-models.sh ' + of.command(v)) : html`<p class="quiet-text">${t('ways.nocommand')}</p>`}
    <h3>${t('ways.rest')}</h3>${lines((v) => curl(of.request(v)))}
    <h3>${t('ways.event')}</h3>${of.event ? lines((v, i) => publish(of.event(v), action.steps ? `${id}-${i}` : id)) : html`<p class="quiet-text">${t('ways.edit' + (of.edits ? '.' + of.edits : ''))}</p>`}</details>`;
}

function curl({ method, path, body, ifMatch }) {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const match = ifMatch ? ` -H 'If-Match: *'` : '';
  const data = body === undefined ? '' : ` -H 'Content-Type: ${type}' -d ${quoted(JSON.stringify(body))}`;
  return `curl -X ${method}${match}${data} ${quoted(location.origin + '/api/v1' + path)}`;
}

function publish({ topic, value }, id) {
  return `echo ${quoted(JSON.stringify({ requestId: id, ...value }))} | scripts/kafka-console-producer.sh --bootstrap-server localhost:9092 --topic ${topic}`;
}
