import { ask } from './api.js';

/**
 * What was last heard from the registry, by address. A page says in every drawing what it uses; only that is kept fresh.
 * What could not be asked again stays, with its age and the problem beside it.
 */
const kept = new Map();
const planned = new Map();
let used = new Set();
let draw = () => {};

const SOON_MS = 250;
const AFTERWARDS_MS = 1500;
const UNHEARD_MS = 10_000;

/** Which lists and things an event may have changed. */
const TOUCHES = {
  'download-requested': ['/downloads', '/status', '/audit'],
  'download-progressed': ['/downloads', '/status'],
  'download-failed': ['/downloads', '/status', '/models', '/notifications'],
  'model-described': ['/models', '/placements', '/status', '/audit'],
  'model-verified': ['/models', '/downloads', '/status', '/usage', '/storage', '/audit'],
  'model-checked': ['/integrity', '/status'],
  'model-placed': ['/placements', '/gpus', '/fit', '/status', '/audit'],
  'model-removed': ['/models', '/usage', '/storage', '/status', '/cleanups'],
  'model-corrupted': ['/models', '/integrity', '/status', '/audit', '/notifications'],
  'model-used': ['/audit', '/models'],
  'storage-reported': ['/storage', '/usage', '/status'],
  'gpu-reported': ['/gpus'],
  'service-reported': ['/status'],
  'site-described': ['/site', '/notifications', '/gpus', '/placements'],
  'maintenance-progressed': ['/cleanups', '/backups', '/restores', '/integrity', '/status'],
  'cleanup-due': ['/cleanups', '/audit'],
  'backup-due': ['/backups', '/audit'],
  'restore-requested': ['/restores', '/audit'],
  'placement-due': ['/placements', '/audit'],
};

/** Who draws when something changed. */
export function onChange(callback) {
  draw = callback;
}

/** To be called around every drawing: what is used in it is what is kept fresh. */
export function drawing(callback) {
  used = new Set();
  callback();
}

/** The last known {value, problem, at, loading} of an address; asks for it when it is new. */
export function use(path) {
  used.add(path);
  let entry = kept.get(path);
  if (!entry) {
    entry = { value: undefined, problem: undefined, at: 0, loading: true };
    kept.set(path, entry);
    queueMicrotask(() => refresh(path));
  }
  return entry;
}

/** Asks again, now. What is there stays until the answer is there. */
export async function refresh(path) {
  const entry = kept.get(path) || { value: undefined, at: 0 };
  kept.set(path, entry);
  const turn = (entry.turn || 0) + 1;
  Object.assign(entry, { loading: true, turn });
  try {
    const { value, etag } = await ask('GET', path);
    if (entry.turn !== turn) return;
    Object.assign(entry, { value, etag, problem: undefined, at: Date.now() });
  } catch (problem) {
    if (entry.turn !== turn) return;
    // A thing that is gone is not shown any more; a registry that is away leaves what it said.
    Object.assign(entry, { problem }, problem.status === 404 ? { value: undefined } : {});
  }
  entry.loading = false;
  draw();
}

/** All that is on screen is asked for again: after a break nothing is trusted. */
export function refreshAll() {
  used.forEach((path) => refresh(path));
}

/** Who asks is somebody else now: nothing that was heard before counts. */
export function startOver() {
  kept.clear();
  draw();
}

/** What an event says at once, and what has to be asked again because of it. */
export function heard({ topic, data }) {
  if (topic === 'download-progressed' && data) progress(data);
  const touched = TOUCHES[topic] || [];
  for (const path of used) {
    if (touched.some((start) => path === start || path.startsWith(start + '/') || path.startsWith(start + '?'))) {
      plan(path);
    }
  }
}

/** Soon, and once more when the registry surely has it too: the stream may be ahead of the database. */
function plan(path) {
  if (document.hidden) return;
  const pending = planned.get(path) || {};
  if (!pending.soon) pending.soon = setTimeout(() => { pending.soon = 0; refresh(path); }, SOON_MS);
  clearTimeout(pending.later);
  pending.later = setTimeout(() => { planned.delete(path); refresh(path); }, AFTERWARDS_MS);
  planned.set(path, pending);
}

const ORDER = ['sequence', 'state', 'doneBytes', 'totalBytes', 'reusedBytes', 'fetchedBytes', 'filesDone', 'filesTotal',
  'rateBytesPerSecond', 'etaSeconds', 'waitingFor', 'commit', 'attempt'];

/** After these comes nothing, so they count whatever number they have. */
const ENDS = new Set(['done', 'failed', 'cancelled', 'expired']);

/** Bars move with the event; what is older than what is shown is not shown. */
function progress(said) {
  for (const [path, entry] of kept) {
    if (!path.startsWith('/downloads') || !entry.value) continue;
    const rows = entry.value.items || [entry.value];
    const row = rows.find((one) => one.id === said.requestId);
    if (!row || row.final || row.at || ((row.sequence || 0) >= said.sequence && !ENDS.has(said.state))) continue;
    for (const field of ORDER) row[field] = said[field];
  }
}

setInterval(() => {
  if (document.hidden) return;
  const now = Date.now();
  for (const path of used) {
    const entry = kept.get(path);
    if (entry && !entry.loading && now - entry.at > UNHEARD_MS) refresh(path);
  }
  draw();
}, 5000);

document.addEventListener('visibilitychange', () => document.hidden || refreshAll());
