import { html, nothing } from 'lit-html';
import { start } from '../actions/actions.js';
import { use } from '../data/store.js';
import { day, short } from '../parts/format.js';
import { section, table, word } from '../parts/parts.js';
import { t, term } from '../words/words.js';

const FOUND = 'version.corrupted';

/** Which files of a model were found not to be what its manifest says, where they went, and who is served by them. */
export function damage(it) {
  const here = (use(`/models/${encodeURIComponent(it.model)}/versions`).value?.items || []).filter((one) => one.state === 'present' || one.state === 'damaged');
  const records = use('/audit?limit=200&object=' + encodeURIComponent('model/' + it.model)).value?.items || [];
  const told = here.flatMap((one) => newest(records.filter((record) => record.action === FOUND && record.object === `model/${it.model}@${one.commit}` && record.detail.location === one.location)))
    .filter((record) => !isMended(record, records));
  if (!told.length) return nothing;
  const served = [...new Set(told.flatMap((one) => one.detail.servedTo || []))];
  return section(t('damaged.title'), html`
    <div class="cards">${table(t('damaged.title'), [t('head.path'), t('head.what'), t('damaged.blocks'), t('damaged.where'), t('head.when')], told.map(row))}</div>
    ${served.length ? html`<p class="foot">${word(t('damaged.served'), 'bad')} ${served.map((one) => html`<span class="sub" lang="en"><bdi>${one}</bdi></span>`)}</p>` : html`<p class="foot">${word(t('damaged.nobody'), 'quiet')}</p>`}`,
  html`<span class="buttons"><button type="button" @click=${() => start('repair', { model: it.model })}>${t('action.repair')}…</button>
    <button type="button" @click=${() => start('restore', { model: it.model })}>${t('action.restore')}…</button></span>`);
}

/** The last that was told of each file; the trail has the newest first. */
function newest(records) {
  const paths = new Map();
  records.forEach((one) => paths.has(one.detail.path) || paths.set(one.detail.path, one));
  return [...paths.values()];
}

/** Whether since then a repair or a restore of the model ended well, or a check that was asked for later found nothing. */
function isMended(told, records) {
  const later = records.filter((one) => one.seq > told.seq);
  const asked = (action, fits) => new Set(records.filter((one) => one.action === action && fits(one)).map((one) => one.detail.requestId));
  const repairs = asked('download.requested', (one) => one.detail.payload?.source === 'repair');
  const checks = asked('integrity.requested', (one) => one.seq > told.seq);
  return later.some(({ action, detail }) => (action === 'download.done' && repairs.has(detail.requestId))
    || (action === 'integrity.ended' && detail.state === 'done' && checks.has(detail.requestId)) || (action === 'restores.ended' && detail.state === 'done'));
}

function row({ object, at, detail: one }) {
  return html`<tr><td class="mono"><bdi>${one.path}</bdi><span class="sub">${short(object.split('@')[1])} · ${one.location}</span></td><td>${term('damaged', one.kind)}<span class="sub">${one.repair === 'requested' ? t('damaged.repair') : nothing}</span></td>
    <td data-head=${t('damaged.blocks')} ?data-none=${!one.badBlocks?.length}>${one.badBlocks?.length ? one.badBlocks.slice(0, 20).join(', ') : '–'}</td>
    <td class="mono" data-head=${t('damaged.where')}>${one.quarantine ? html`<bdi>${one.quarantine}</bdi>` : t('damaged.inplace')}</td><td><time datetime=${at}>${day(at)}</time></td></tr>`;
}
