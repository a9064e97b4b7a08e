import { html, nothing, svg } from 'lit-html';
import { link } from '../frame/route.js';
import { t } from '../words/words.js';
import { gib, percent } from './format.js';
import { bar, stateWord } from './parts.js';

/** What holds a GPU's memory, in the order in which it is drawn. */
export function gpuParts(it) {
  const parts = [];
  for (const one of it.models) {
    parts.push(part('weights', one, one.weightsBytes), part('kv', one, one.kvBytes), part('engine', one, one.overheadBytes));
  }
  if (it.reservedBytes) parts.push({ kind: 'reserved', name: t('kind.reserved'), bytes: it.reservedBytes, say: `${t('kind.reserved')} ${gib(it.reservedBytes)}` });
  return parts;
}

function part(kind, one, n) {
  return { kind, model: one.model, name: t('gpu.' + kind), bytes: n, say: `${one.model} ${t('gpu.' + kind)} ${gib(n)}` };
}

/** Sums by kind, for a legend. */
export function gpuLegend(gpus) {
  const sums = new Map();
  gpus.flatMap(gpuParts).forEach((one) => sums.set(one.kind, (sums.get(one.kind) || 0) + one.bytes));
  return [...sums].map(([kind, n]) => ({ kind, name: kind === 'reserved' ? t('kind.reserved') : t('gpu.' + kind), bytes: n }));
}

export function planned(it) {
  return gpuParts(it).reduce((sum, one) => sum + one.bytes, 0);
}

/** One line of the overview. */
export function gpuLine(it) {
  const used = planned(it);
  return html`<li><span class="line"><span><strong>${it.host}/${it.id}</strong> <span class="quiet-text">${it.name}</span></span>
    <span class="quiet-text">${it.state === 'ready' ? t('gpu.of', { used: gib(used), all: gib(it.usableBytes) }) : stateWord(it.state)}</span></span>
    ${bar(gpuParts(it), it.usableBytes, t('gpu.bar', { gpu: `${it.host}/${it.id}`, percent: percent(used, it.usableBytes) }), { tick: it.measuredBytes })}</li>`;
}

/** A card to the scale of the largest one: each piece can be reached by keys and says what it is. */
export function gpuCard(it, largest) {
  const wide = 100 * (it.memoryBytes / largest);
  const scale = 1000 / it.memoryBytes;
  let x = 0;
  const pieces = gpuParts(it).map((one) => {
    const piece = svg`<rect class="seg part-${one.kind}" tabindex="0" role="img" aria-label=${one.say} x=${x} y="6" width=${one.bytes * scale} height="36"><title>${one.say}</title></rect>`;
    x += one.bytes * scale;
    return piece;
  });
  const usable = it.usableBytes * scale;
  return html`<svg class="card-svg" width="${wide}%" viewBox="0 0 1000 48" preserveAspectRatio="none" role="group"
    aria-label=${t('gpu.bar', { gpu: `${it.host}/${it.id}`, percent: percent(planned(it), it.usableBytes) })}>
    <rect class="card-beyond" x="0" y="6" width="1000" height="36"></rect>
    <rect class="card-outline" x="0" y="6" width=${usable} height="36"></rect>
    ${pieces}
    ${it.measuredBytes === undefined ? nothing : svg`<rect class="tick" x=${it.measuredBytes * scale} y="0" width="3" height="48"><title>${t('gpu.measured', { bytes: gib(it.measuredBytes) })}</title></rect>`}
  </svg>`;
}

/** GPUs before and after a plan, to one scale: only those of which something changes. */
export function pictures(now, then) {
  const largest = Math.max(...then.map((it) => it.memoryBytes), 1);
  const key = (it) => `${it.host}/${it.id}`;
  const held = (it) => JSON.stringify([it?.state, it?.models.map((one) => [one.model, one.users, one.contextTokens, one.variant])]);
  const changed = then.filter((it) => held(it) !== held(now.find((one) => key(one) === key(it))));
  if (!changed.length) return nothing;
  const none = (it) => ({ ...it, models: [], measuredBytes: undefined });
  const picture = (it) => gpuCard({ ...it, measuredBytes: undefined }, largest);
  return html`<ul class="pictures">${changed.map((it) => {
    const before = now.find((one) => key(one) === key(it)) || none(it);
    return html`<li data-gpu=${key(it)}><strong>${key(it)}</strong> ${it.state === 'ready' ? nothing : stateWord(it.state)}
      <span class="side"><span class="quiet-text">${t('plan.now')}</span>${picture(before)}</span>
      <span class="side"><span class="quiet-text">${t('plan.then')}</span>${picture(it)}</span></li>`;
  })}</ul>`;
}

/** What runs on a GPU. With `carry` a model can be taken up by mouse or by key and put on another GPU. */
export function loads(it, carry) {
  return html`<ul class="loads">${it.models.map((one) => html`<li>${carry ? carry(one.model, `${it.host}/${it.id}`) : nothing}<strong><a href=${link.model(one.model)}><bdi>${one.model}</bdi></a></strong>
    ${t('gpu.load', { users: one.users, context: one.contextTokens, variant: one.variant })} · ${gib(one.weightsBytes + one.kvBytes + one.overheadBytes)}
    <span class="quiet-text">(${gib(one.weightsBytes)} + ${gib(one.kvBytes)} + ${gib(one.overheadBytes)})</span></li>`)}</ul>`;
}
