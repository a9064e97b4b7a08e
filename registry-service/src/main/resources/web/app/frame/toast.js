import { html, nothing } from 'lit-html';
import { t } from '../words/words.js';

/** What was just done, said once and aloud, with a way back where there is one. */
let toasts = [];
let draw = () => {};
let number = 0;

export function onToast(callback) {
  draw = callback;
}

export function toast(say, { link, undo, tone = 'good' } = {}) {
  const it = { id: ++number, say, link, undo, tone };
  toasts = [...toasts.slice(-2), it];
  draw();
  if (tone !== 'bad') setTimeout(() => drop(it), undo ? 20_000 : 8000);
}

function drop(it) {
  toasts = toasts.filter((one) => one !== it);
  draw();
}

export function toastsView() {
  return html`<div class="toasts" role="status" aria-live="polite">${toasts.map((it) => html`<div class="toast ${it.tone}">
    <span>${it.say}</span>
    ${it.link ? html`<a href=${it.link.href}>${it.link.say}</a>` : nothing}
    ${it.undo ? html`<button type="button" class="plain" @click=${() => { drop(it); it.undo(); }}>${t('undo')}</button>` : nothing}
    <button type="button" class="plain" aria-label=${t('close')} @click=${() => drop(it)}>×</button></div>`)}</div>`;
}
