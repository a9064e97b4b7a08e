import { html } from 'lit-html';
import { t } from '../words/words.js';
import { day } from './format.js';
import { stateWord } from './parts.js';

/** Whether a receiver is told. */
export function receiverWord(it) {
  return html`<span data-state=${it.state}>${stateWord(it.state)}</span>`;
}

/** What came of an attempt, in a few words. */
export function answered(it) {
  return [it.status ? 'HTTP ' + it.status : '', it.said].filter(Boolean).join(': ') || t('notifications.noanswer');
}

/** Every attempt to tell, the first one first. */
export function attemptRows(tries = []) {
  return html`<ol class="timeline">${tries.map((it) => html`<li><span class="line"><span><bdi>${answered(it)}</bdi></span><span class="quiet-text"><time datetime=${it.at}>${day(it.at)}</time> · ${it.millis} ms</span></span></li>`)}</ol>`;
}
