import { html, nothing } from 'lit-html';
import { t } from '../words/words.js';
import { start } from './actions.js';
import { link } from '../frame/route.js';

/** The one button beside something that needs attention: what helps most, or where to look. */
export function startFrom(it) {
  const [kind, name = ''] = (it.object || '').split('/');
  const model = name.split('@')[0];
  const button = (say, id, values) => html`<button type="button" @click=${() => start(id, values)}>${say}</button>`;
  if (it.code === 'no-space' || it.code === 'quota-exceeded') return button(t('try.cleanup'), 'cleanup', {});
  if (kind === 'backup' || it.code.startsWith('backup')) return button(t('try.backup'), 'backup', {});
  if (it.code === 'receiver-stopped') return button(t('try.ring'), 'ring', { receiver: it.object.split('/').at(-1) });
  if (kind === 'download') return html`<a class="button" href="/downloads?open=${name}">${t('look')}</a>`;
  if (kind === 'model' || kind === 'placement' || kind === 'version') return html`<a class="button" href=${link.model(model)}>${t('look')}</a>`;
  return nothing;
}
