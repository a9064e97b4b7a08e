import { html, nothing } from 'lit-html';
import { use } from '../data/store.js';
import { t } from '../words/words.js';
import { ACTIONS, start } from '../actions/actions.js';
import { go, link } from './route.js';
import { PLACES } from './shell.js';

/** Finds places, models, GPUs, downloads and actions from anywhere. A list box that the field steers, as ARIA has it. */
const MOST = 12;
let open = false;
let text = '';
let chosen = 0;
let draw = () => {};

export function onPalette(callback) {
  draw = callback;
}

export function openPalette() {
  open = true;
  text = '';
  chosen = 0;
  draw();
  const dialog = document.getElementById('palette');
  if (dialog && !dialog.open) dialog.showModal();
}

function everything() {
  const models = use('/models?limit=500').value?.items || [];
  const gpus = use('/gpus').value?.items || [];
  const downloads = use('/downloads?limit=50').value?.items || [];
  return [
    ...PLACES.map(([path, name]) => ({ kind: 'page', say: t('place.' + name), run: () => go('/' + path) })),
    ...models.map((it) => ({ kind: 'model', say: it.model, more: it.displayName, run: () => go(link.model(it.model)) })),
    ...gpus.map((it) => ({ kind: 'gpu', say: `${it.host}/${it.id}`, more: it.name, run: () => go('/gpus') })),
    ...downloads.map((it) => ({ kind: 'download', say: it.id, more: `${it.model} ${it.state}`, run: () => go('/downloads?open=' + it.id) })),
    ...Object.values(ACTIONS).map((it) => ({ kind: 'action', say: it.title, run: () => start(it.id) })),
  ];
}

function matches() {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return everything()
    .filter((it) => words.every((one) => `${it.say} ${it.more || ''} ${it.kind}`.toLowerCase().includes(one)))
    .slice(0, MOST);
}

export function paletteView() {
  if (!open) return nothing;
  const found = matches();
  chosen = Math.min(chosen, Math.max(0, found.length - 1));
  return html`<dialog id="palette" class="palette" aria-label=${t('search')} @close=${() => { open = false; draw(); }}>
    <input type="text" role="combobox" aria-label=${t('search')} placeholder=${t('search.hint')} aria-expanded="true" aria-controls="found"
      aria-activedescendant=${found.length ? 'found-' + chosen : nothing} autocomplete="off" spellcheck="false" .value=${text}
      @input=${(e) => { text = e.target.value; chosen = 0; draw(); }} @keydown=${(e) => key(e, found)}>
    <ul id="found" role="listbox" aria-label=${t('search.found')}>${found.map((it, i) => html`<li id="found-${i}" role="option"
      aria-selected=${i === chosen ? 'true' : 'false'} @click=${() => run(it)}>
      <span><bdi>${it.say}</bdi> <span class="quiet-text"><bdi>${it.more || ''}</bdi></span></span><span class="kind">${t('kind.' + it.kind)}</span></li>`)}</ul>
    ${found.length ? nothing : html`<p class="quiet-text">${t('search.none')}</p>`}</dialog>`;
}

function key(event, found) {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    chosen = (chosen + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % Math.max(1, found.length);
    draw();
  } else if (event.key === 'Enter' && found[chosen]) {
    event.preventDefault();
    run(found[chosen]);
  }
}

function run(it) {
  document.getElementById('palette').close();
  it.run();
}
