import { html, nothing } from 'lit-html';
import { t } from '../words/words.js';
import { PLACES } from './shell.js';

let open = false;
let draw = () => {};

export function onHelp(callback) {
  draw = callback;
}

export function openHelp() {
  open = true;
  draw();
  document.getElementById('help')?.showModal();
}

export function helpView() {
  if (!open) return nothing;
  return html`<dialog id="help" aria-labelledby="help-title" @close=${() => { open = false; draw(); }}>
    <h2 id="help-title">${t('help.title')}</h2>
    <table class="keys"><caption class="visually-hidden">${t('help.title')}</caption><tbody>
      <tr><th scope="row"><kbd>Ctrl</kbd> <kbd>K</kbd></th><td>${t('help.palette')}</td></tr>
      <tr><th scope="row"><kbd>/</kbd></th><td>${t('help.filter')}</td></tr>
      ${PLACES.map(([, name, key]) => html`<tr><th scope="row"><kbd>g</kbd> <kbd>${key}</kbd></th><td>${t('place.' + name)}</td></tr>`)}
      <tr><th scope="row"><kbd>Esc</kbd></th><td>${t('help.close')}</td></tr>
    </tbody></table>
    <p><a href="/q/swagger-ui" data-outside>${t('help.rest')}</a> · <a href="/problems" data-outside>${t('help.problems')}</a></p>
    <form method="dialog" class="buttons"><button>${t('close')}</button></form></dialog>`;
}
