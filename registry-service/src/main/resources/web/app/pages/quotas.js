import { html } from 'lit-html';
import { start } from '../actions/actions.js';
import { use } from '../data/store.js';
import { bytes, percent } from '../parts/format.js';
import { bar, empty, section, shown } from '../parts/parts.js';
import { t } from '../words/words.js';

const KEY = 'quota/';

/** How much each family may take, and takes. */
export function quotasTab() {
  const families = use('/usage').value?.byFamily || [];
  const add = html`<button type="button" class="primary" @click=${() => start('quota', {})}>${t('action.quota')}…</button>`;
  return section(t('storage.tab.quotas'), shown(use('/site'), (page) => {
    const rows = page.items.filter((it) => it.key.startsWith(KEY)).map((it) => ({ family: it.key.slice(KEY.length), most: it.value.bytes }));
    if (!rows.length) return empty(t('quotas.none'), t('quotas.none.say'));
    return html`<ul class="rows">${rows.map((it) => row(it, families.find((one) => one.family === it.family)?.bytes || 0))}</ul>`;
  }), add);
}

function row({ family, most }, used) {
  return html`<li data-quota=${family}><span class="line"><strong><bdi>${family}</bdi></strong><span class="buttons"><span class="quiet-text">${t('gpu.of', { used: bytes(used), all: bytes(most) })}</span>
      <button type="button" @click=${() => start('quota', { family, gb: Math.round(most / 1e9) })}>${t('action.quota')}…</button>
      <button type="button" @click=${() => start('unquota', { family })}>${t('action.unquota')}…</button></span></span>
    ${bar([{ bytes: Math.min(used, most), kind: used > most ? 'foreign' : 'fetched', say: bytes(used) }], most, t('quotas.bar', { family, percent: percent(used, most) }))}</li>`;
}
