import { html, nothing } from 'lit-html';
import { t } from '../words/words.js';

/**
 * Taking a model up and putting it on a GPU, as a question to the planner: by mouse, or by keys: M takes it up, the
 * arrows choose the GPU, Enter puts it there, Escape lets go. What is carried is said aloud.
 */
let carried = null;
let over = '';
let said = '';
let targets = [];
let draw = () => {};
let put = () => {};

/** For each drawing of the page: which GPUs there are, and what happens when a model is put on one. */
export function carrying(gpus, { onPut, onChange }) {
  targets = gpus;
  put = onPut;
  draw = onChange;
}

export function isOver(gpu) {
  return carried !== null && over === gpu;
}

/** The handle of a model. */
export function handle(model, from) {
  return html`<button type="button" class="plain handle" draggable="true" aria-pressed=${carried?.model === model && carried.from === from ? 'true' : 'false'}
    aria-label=${t('carry.take', { model })} title=${t('carry.keys')} @dragstart=${(e) => { e.dataTransfer.setData('text/plain', model); e.dataTransfer.effectAllowed = 'move'; take(model, from); }}
    @dragend=${drop} @keydown=${key} @click=${() => (carried ? drop() : take(model, from, true))} @blur=${() => carried?.byKey && drop()}
    data-model=${model} data-from=${from}>⠿</button>`;
}

/** Listeners of a GPU on which something can be put. */
export function landing(gpu) {
  return {
    enter: (e) => { if (carried) { e.preventDefault(); if (over !== gpu) { over = gpu; draw(); } } },
    drop: (e) => { e.preventDefault(); land(gpu); },
  };
}

export function aloud() {
  return html`<p class="visually-hidden" role="status" aria-live="assertive">${said || nothing}</p>`;
}

function take(model, from, byKey = false) {
  carried = { model, from, byKey };
  over = byKey ? next(from, 1) : '';
  said = byKey ? t('carry.over', { model, gpu: over }) : t('carry.taken', { model });
  setTimeout(draw); // a browser ends a drag whose element changes while it begins
}

function drop() {
  if (!carried) return;
  said = t('carry.dropped', { model: carried.model });
  carried = null;
  over = '';
  draw();
}

function land(gpu) {
  if (!carried) return;
  const { model } = carried;
  carried = null;
  over = '';
  said = t('carry.asked', { model, gpu });
  put(model, gpu);
}

function next(gpu, step) {
  return targets[(targets.indexOf(gpu) + step + targets.length) % targets.length] || '';
}

function key(event) {
  const { model, from } = event.currentTarget.dataset;
  if (event.key === 'm' && !carried) {
    take(model, from, true);
  } else if (carried && event.key === 'Escape') {
    drop();
  } else if (carried && event.key === 'Enter') {
    land(over);
  } else if (carried && /^Arrow/.test(event.key)) {
    over = next(over, event.key === 'ArrowDown' || event.key === 'ArrowRight' ? 1 : -1);
    said = t('carry.over', { model: carried.model, gpu: over });
    draw();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}
