import { html, nothing } from 'lit-html';
import { ask } from '../data/api.js';
import { bytes, short, span } from '../parts/format.js';
import { t } from '../words/words.js';

const PATIENCE_MS = 20_000;
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

export async function backupPreview() {
  const it = await dryRun('/backups', { dryRun: true });
  if (it.state !== 'planned') return refused(it);
  const { newBytes, totalBytes, freeBytes, estimatedSeconds, files } = it.result;
  return { title: t('preview.backup', { fresh: bytes(newBytes), all: bytes(totalBytes), files }),
    body: html`<p>${t('preview.backup.time', { time: span(estimatedSeconds || 0), free: bytes(freeBytes) })}</p>` };
}

/** Before and after, as placement would decide now. */
export async function planPreview(asked) {
  const { value: plan } = await ask('POST', '/placements/plan', { body: asked });
  const wanted = Object.keys(asked.demands || {});
  const told = plan.models.filter((it) => wanted.includes(it.model));
  return {
    title: plan.differences.length ? t('preview.plan', { n: plan.differences.length }) : t('preview.plan.none'),
    body: html`${moves(plan)}${told.map((it) => html`<p>${it.reason}</p>
      ${it.changesThatWouldFit.length ? html`<ul>${it.changesThatWouldFit.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}`)}`,
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
