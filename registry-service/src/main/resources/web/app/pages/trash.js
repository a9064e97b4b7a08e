import { html, nothing } from 'lit-html';
import { start } from '../actions/actions.js';
import { use } from '../data/store.js';
import { bytes, span } from '../parts/format.js';
import { section } from '../parts/parts.js';
import { t } from '../words/words.js';

/** What lies in the trash, as the cleanups told when they put it there: until when it can come back, and how. */
export function trash() {
  const jobs = (use('/cleanups?limit=50').value?.items || []).filter((it) => it.state === 'done' && it.result);
  const back = new Map();
  jobs.forEach((job) => (job.result.restored || []).forEach((it) => back.set(it.trash ?? it.what, Date.parse(job.finishedAt))));
  const rows = jobs.flatMap((job) => (job.result.removed || []).map((it) => ({ ...it, id: job.id, at: Date.parse(job.finishedAt) })))
    .filter((it) => it.trash && Date.parse(it.undoUntil) > Date.now() && !((back.get(it.trash) ?? back.get(it.what)) >= it.at));
  if (!rows.length) return nothing;
  return section(html`${t('kind.trash')} <span class="quiet-text">${rows.length}</span>`, html`<ul class="rows">${rows.slice(0, 100).map((it) => html`<li data-trash=${it.trash}>
    <span class="line"><span><bdi>${it.what}</bdi> <span class="quiet-text">${it.reason} · ${bytes(it.bytes)}</span></span>
    <span class="buttons"><span class="quiet-text">${t('trash.left', { time: span((Date.parse(it.undoUntil) - Date.now()) / 1000) })}</span>
      <button type="button" @click=${() => start('undo', { trash: it.trash })}>${t('undo')}…</button></span></span></li>`)}</ul>`);
}
