import { html, nothing } from 'lit-html';
import { start } from '../actions/actions.js';
import { moves } from '../actions/previews.js';
import { ask } from '../data/api.js';
import { use } from '../data/store.js';
import { link, route, setQuery } from '../frame/route.js';
import { toast } from '../frame/toast.js';
import { day, gib } from '../parts/format.js';
import { gpuCard, gpuLegend, loads, pictures, planned } from '../parts/gpu.js';
import { empty, legend, problem, section, shown, stateWord } from '../parts/parts.js';
import { t } from '../words/words.js';
import { aloud, carrying, handle, isOver, landing } from './carry.js';

let plan = null;

/** What runs where, and what still fits? */
export function gpusPage() {
  const gpus = use('/gpus');
  carrying((gpus.value?.items || []).map(nameOf), { onPut: putOn, onChange: () => setQuery({}) });
  return html`${aloud()}
    <div class="page-head"><div><h1 tabindex="-1">${t('place.gpus')}</h1><p>${t('gpus.say')}</p></div>
      <div class="buttons"><button type="button" class="primary" @click=${() => start('place', {})}>${t('action.place')}…</button></div></div>
    ${shown(gpus, (page) => page.items.length ? hosts(page.items) : html`<section class="panel">${empty(t('gpus.none'), t('gpus.none.say'), 'gpus')}</section>`)}
    ${shown(use('/placements'), unplaced)}
    ${section(t('whatif.title'), whatIf(gpus.value?.items || []))}`;
}

function hosts(gpus) {
  const largest = Math.max(...gpus.map((it) => it.memoryBytes));
  const names = [...new Set(gpus.map((it) => it.host))];
  return html`<div class="hosts">${names.map((host) => section(host, html`${gpus.filter((it) => it.host === host).map((it) => card(it, largest))}`,
    host === names[0] ? legend(gpuLegend(gpus), gib) : nothing))}</div>`;
}

const nameOf = (it) => `${it.host}/${it.id}`;

function card(it, largest) {
  const gpu = nameOf(it);
  const on = landing(gpu);
  const act = (id) => html`<button type="button" class="plain" @click=${() => start(id, { gpu })}>${t('action.' + id)}…</button>`;
  return html`<article class="gpu ${isOver(gpu) ? 'over' : ''}" data-gpu=${gpu} @dragenter=${on.enter} @dragover=${on.enter} @drop=${on.drop}><span class="line"><span><strong>GPU ${it.id}</strong> <bdi>${it.name}</bdi> ${it.state === 'ready' ? nothing : stateWord(it.state)}</span>
      <span class="quiet-text">${t('gpu.sums', { planned: gib(planned(it)), usable: gib(it.usableBytes), free: gib(it.freeBytes), all: gib(it.memoryBytes) })}</span></span>
    ${gpuCard(it, largest)}
    ${it.reason ? html`<p class="sub"><bdi>${it.reason}</bdi>${it.until ? ' · ' + t('until', { at: day(it.until) }) : nothing}</p>` : nothing}
    ${it.models.length ? loads(it, handle) : html`<p class="sub">${t('gpu.empty')}</p>`}
    <p class="buttons small">${it.state === 'drained' || it.reservedBytes ? act('release') : nothing}${it.state === 'ready' ? html`${act('drain')}${act('reserve')}` : nothing}
      ${it.state === 'lost' || it.state === 'given-up' ? html`<button type="button" class="plain" @click=${() => start('forget', { host: it.host })}>${t('action.forget')}…</button>` : nothing}</p></article>`;
}

function unplaced(page) {
  const rows = page.items.filter((it) => it.state === 'unplaced');
  if (!rows.length) return nothing;
  return section(html`${t('unplaced.title')} <span class="quiet-text">${rows.length}</span>`, html`<ul class="rows">${rows.map((it) => html`<li>
    <span class="line"><span>${handle(it.model, '')}<a href=${link.model(it.model)}><bdi>${it.model}</bdi></a></span><button type="button" @click=${() => start('place', { model: it.model })}>${t('action.place')}…</button></span>
    <span>${it.reason}</span>${(it.changesThatWouldFit || []).map((one) => html`<span class="sub">→ ${one}</span>`)}</li>`)}</ul>`);
}

/** A question to the planner by form; the question is in the address, so it can be shared. */
function whatIf(gpus) {
  const asked = { model: route.query.get('model') || '', users: route.query.get('users') || '10', context: route.query.get('context') || '4096',
    gpu: route.query.get('gpu') || '', drain: route.query.get('drain') || '' };
  const models = use('/models?limit=500').value?.items || [];
  const field = (name, label, control) => html`<label>${label} ${control}</label>`;
  return html`<form class="filters" @submit=${(e) => { e.preventDefault(); ponder(asked); }}>
      ${field('model', t('field.model'), html`<select name="model" @change=${(e) => change({ model: e.target.value })}><option value="">${t('none')}</option>
        ${models.map((it) => html`<option value=${it.model} ?selected=${it.model === asked.model}>${it.model}</option>`)}</select>`)}
      ${field('users', t('field.users'), html`<input name="users" type="number" min="1" .value=${asked.users} @change=${(e) => change({ users: e.target.value })}>`)}
      ${field('context', t('field.context'), html`<input name="context" type="number" min="1" .value=${asked.context} @change=${(e) => change({ context: e.target.value })}>`)}
      ${field('gpu', t('field.on'), choice('gpu', t('field.on.any'), gpus, asked.gpu))}
      ${field('drain', t('field.drain'), choice('drain', t('none'), gpus, asked.drain))}
      <button class="primary">${t('plan')}</button></form>
    <div role="status">${plan?.problem ? problem(plan.problem) : plan?.value ? answer(plan.value) : html`<p class="nothing">${plan ? t('preview.loading') : t('whatif.say')}</p>`}</div>`;
}

function choice(name, none, gpus, value) {
  return html`<select name=${name} @change=${(e) => change({ [name]: e.target.value })}><option value="">${none}</option>
    ${gpus.map(nameOf).map((id) => html`<option value=${id} ?selected=${id === value}>${id}</option>`)}</select>`;
}

/** A model was put on a GPU: the question is what the planner makes of it, with what the model is asked to serve. */
function putOn(model, gpu) {
  const asked = (use('/models?limit=500').value?.items || []).find((it) => it.model === model)?.placement;
  const running = (use('/gpus').value?.items || []).flatMap((it) => it.models).find((it) => it.model === model);
  const { users, contextTokens } = asked || running || { users: 10, contextTokens: 4096 };
  change({ model, gpu, users, context: contextTokens, drain: '' });
  ponder({ model, gpu, users, context: contextTokens });
}

function change(values) {
  plan = null;
  setQuery(values);
}

async function ponder(asked) {
  plan = {};
  setQuery({});
  const demands = asked.model ? { [asked.model]: { users: Number(asked.users), contextTokens: Number(asked.context), ...(asked.gpu ? { gpu: asked.gpu } : {}) } } : {};
  try {
    plan = { value: (await ask('POST', '/placements/plan', { body: { demands, drain: asked.drain ? [asked.drain] : [] } })).value };
  } catch (problem) {
    plan = { problem };
  }
  setQuery({});
}

function answer(it) {
  const lost = it.models.filter((one) => !one.placed);
  return html`<div class="preview"><p class="preview-title">${it.differences.length ? t('preview.plan', { n: it.differences.length }) : t('preview.plan.none')}</p>${moves(it)}${pictures(use('/gpus').value?.items || [], it.gpus)}
    ${lost.map((one) => html`<p>${one.reason}</p>${one.changesThatWouldFit.map((say) => html`<p class="sub">→ ${say}</p>`)}`)}
    <div class="buttons">${it.differences.length ? html`<button type="button" @click=${() => apply(it)}>${t('plan.apply', { n: it.plan })}</button>` : nothing}
      <button type="button" class="plain" @click=${() => change({})}>${t('discard')}</button></div></div>`;
}

async function apply(it) {
  try {
    await ask('POST', `/placements/plan/${it.plan}/apply`, { body: {} });
    toast(t('plan.applied', { n: it.plan }));
    plan = null;
  } catch (problem) {
    plan = { problem };
  }
  setQuery({});
}
