import { html, nothing } from 'lit-html';
import { ask } from '../data/api.js';
import { day, bytes, short, span } from '../parts/format.js';
import { pictures } from '../parts/gpu.js';
import { t } from '../words/words.js';

const PATIENCE_MS = 60_000;
const BETWEEN_MS = 300;

/** What the action would do, from the same code that does it: a plan as an event, and its answer. */
async function dryRun(path, body) {
  const end = Date.now() + PATIENCE_MS;
  let { value } = await ask('POST', path, { body, headers: { Prefer: 'wait=10' } });
  while (!value.final && Date.now() < end) {
    await new Promise((done) => setTimeout(done, BETWEEN_MS));
    ({ value } = await ask('GET', `${path}/${encodeURIComponent(value.id)}`));
  }
  return value;
}

function refused(it) {
  return { title: it.problem?.title || t('preview.late'), body: html`<p>${it.problem?.detail || nothing}</p>`, refuse: Boolean(it.problem) };
}

export async function downloadPreview(v) {
  const body = Object.fromEntries(Object.entries({ model: v.model, revision: v.revision, repository: v.repository }).filter(([, one]) => one));
  const it = await dryRun('/downloads', { ...body, plan: true });
  if (it.state !== 'planned' || !it.plan) return refused(it);
  const plan = it.plan;
  return {
    title: t('preview.download', { fetch: bytes(plan.fetchBytes), reused: bytes(plan.reusedBytes), commit: short(it.commit) }),
    body: html`<p>${t('preview.download.files', { n: plan.files?.length ?? it.filesTotal, free: bytes(plan.freeAfterBytes), licence: plan.licence || t('unknown') })}
      ${plan.gated ? t('preview.gated') : nothing}</p>`,
  };
}

export async function cleanupPreview(v) {
  const asked = Object.fromEntries(Object.entries({ scope: v.scope, model: v.model }).filter(([, one]) => one));
  const it = await dryRun('/cleanups', { ...asked, dryRun: true });
  if (it.state !== 'planned') return refused(it);
  const { removed = [], kept = [], freedBytes, laterBytes, planId } = it.result;
  const row = (one) => html`<li class="line"><span><bdi>${one.what}</bdi> <span class="quiet-text">${one.reason}</span></span><span class="num">${bytes(one.bytes)}</span></li>`;
  return {
    title: removed.length ? t('preview.cleanup', { n: removed.length, bytes: bytes(freedBytes), later: bytes(laterBytes) }) : t('preview.cleanup.none'),
    values: { plan: planId },
    refuse: !removed.length,
    body: html`<ul>${removed.slice(0, 20).map(row)}</ul>
      ${kept.length ? html`<details><summary>${t('preview.kept', { n: kept.length })}</summary><ul>${kept.slice(0, 50).map(row)}</ul></details>` : nothing}`,
  };
}

export async function backupPreview(v) {
  const it = await dryRun('/backups', { ...(v.family ? { scope: 'family', family: v.family } : {}), dryRun: true });
  if (it.state !== 'planned') return refused(it);
  const { newBytes, totalBytes, freeBytes, estimatedSeconds, files } = it.result;
  return { title: t('preview.backup', { fresh: bytes(newBytes), all: bytes(totalBytes), files }),
    body: html`<p>${t('preview.backup.time', { time: span(estimatedSeconds || 0), free: bytes(freeBytes) })}</p>` };
}

export async function prunePreview() {
  const it = await dryRun('/backups', { action: 'prune', dryRun: true });
  if (it.state !== 'planned') return refused(it);
  const { removed = [], freedBytes } = it.result;
  return { title: t('preview.prune', { n: removed.length, bytes: bytes(freedBytes ?? 0) }),
    body: html`<ul>${removed.slice(0, 20).map((one) => html`<li><code>${one.backup ?? one.what ?? one}</code></li>`)}</ul>` };
}

/** What a backup holds, as it said itself when it was made. */
async function saved(id) {
  const { value } = await ask('GET', '/backups?limit=200');
  return value.items.find((it) => it.kind === 'backup' && it.state === 'done' && (!id || it.backup === id));
}

export async function restorePreview(v) {
  const it = await saved(v.backup);
  if (!it) return { title: t('preview.nobackup'), refuse: true };
  return { title: t('preview.restore', { at: day(it.finishedAt), what: v.model || t('field.everything') }),
    body: html`<p>${t('preview.restore.say', { models: it.result?.models ?? '–', files: it.result?.files ?? '–', bytes: bytes(it.result?.totalBytes) })}</p>` };
}

export async function drillPreview() {
  const it = await saved();
  if (!it) return { title: t('preview.nobackup'), refuse: true };
  return { title: t('preview.drill', { backup: it.backup, bytes: bytes(it.result?.totalBytes) }) };
}

/** What lies of a model on the volumes, for actions that read or move all of it. */
export function sizePreview(key) {
  return async (v) => {
    const { value } = await ask('GET', `/models/${encodeURIComponent(v.model)}/versions`);
    const all = value.items.filter((it) => it.state !== 'removed');
    return { title: t(key, { n: all.length, bytes: bytes(all.reduce((sum, it) => sum + (it.sizeBytes || 0), 0)) }),
      body: html`<ul>${all.slice(0, 10).map((it) => html`<li class="line"><span><code>${short(it.commit)}</code> ${it.location} ${it.state}</span><span class="num">${bytes(it.sizeBytes)}</span></li>`)}</ul>` };
  };
}

export async function activePreview(v) {
  const { value } = await ask('GET', `/models/${encodeURIComponent(v.model)}`);
  if (!value.current) return { title: t('preview.active.none'), refuse: true };
  return { title: t('preview.active', { model: v.model, path: value.current.path || short(value.current.commit) }) };
}

export async function pinPreview(v) {
  return { title: t('preview.pin', { model: v.model, commit: short(v.commit) }) };
}

export async function cancelPreview(v) {
  const { value } = await ask('GET', '/downloads/' + encodeURIComponent(v.id));
  return { title: value.final ? t('preview.cancel.final', { state: value.state }) : t('preview.cancel', { model: value.model, bytes: bytes(value.doneBytes ?? 0) }), refuse: value.final };
}

/** The GPUs before and after, as placement would decide now, and what moves. */
export async function planPreview(asked) {
  const [{ value: plan }, { value: now }] = await Promise.all([ask('POST', '/placements/plan', { body: asked }), ask('GET', '/gpus')]);
  const wanted = Object.keys(asked.demands || {});
  const told = plan.models.filter((it) => wanted.includes(it.model));
  return {
    title: plan.differences.length ? t('preview.plan', { n: plan.differences.length }) : t('preview.plan.none'),
    body: html`${moves(plan)}${pictures(now.items, plan.gpus)}${told.map((it) => html`<p>${it.reason}</p>
      ${it.changesThatWouldFit.length ? html`<ul>${it.changesThatWouldFit.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}`)}`,
  };
}

/** Looks at each of several models in turn; one that would be refused is told and left out. */
export async function eachPreview(action, names) {
  const each = [];
  for (const model of names) {
    try {
      each.push({ model, view: await action.preview({ model }) });
    } catch (problem) {
      each.push({ model, view: { title: problem.message, refuse: true } });
    }
  }
  const able = each.filter((it) => !it.view.refuse);
  return {
    title: t('preview.many', { n: able.length, all: names.length }),
    refuse: !able.length,
    values: { each: able.map((it) => ({ model: it.model, ...it.view.values })) },
    body: html`<ul>${each.map((it) => html`<li><strong><bdi>${it.model}</bdi></strong> ${it.view.refuse ? html`<em>${t('preview.left')}</em> ` : nothing}${it.view.title}</li>`)}</ul>`,
  };
}

export function moves(plan) {
  return html`<ul>${plan.differences.map((it) => html`<li><strong><bdi>${it.replica}</bdi></strong> ${t('move.' + it.what)}
    ${it.from.join(', ')}${it.from.length && it.to.length ? ' → ' : nothing}${it.to.join(', ')} · ${t('move.users', { before: it.usersBefore, after: it.users })}</li>`)}</ul>`;
}

export async function rollbackPreview(v) {
  const { value } = await ask('GET', `/models/${encodeURIComponent(v.model)}/compare?from=current&to=${encodeURIComponent(v.commit)}`);
  return { title: value.headline, body: html`<p>${value.verdict}</p><p>${t('preview.rollback', { bytes: bytes(value.fetchBytes ?? 0) })}</p>` };
}
