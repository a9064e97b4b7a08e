import { bytes, percent, short } from '../parts/format.js';
import { t, term } from './words.js';

/** An audit record in plain words. */
export function sentence(it) {
  const who = it.actor === 'kafka' ? t('who.event') : it.actor;
  const what = term('act', it.action).replaceAll('.', ' ');
  const object = it.object.replace(/@([0-9a-f]{7})[0-9a-f]+$/, '@$1').replace(/^[a-z-]+\//, '');
  const outcome = it.detail?.problem ? `: ${it.detail.problem}` : it.detail?.state && /ended$/.test(it.action) ? `: ${term('state', it.detail.state)}` : '';
  return `${who} ${what} ${object}${outcome}`;
}

const EVENTS = {
  'download-requested': (d) => t('event.download-requested', { model: d.model || d.repository, action: d.action || (d.plan ? 'plan' : 'download') }),
  'download-progressed': (d) => `${d.model} ${term('state', d.state)}${d.totalBytes ? ` ${percent(d.doneBytes, d.totalBytes)} %` : ''}`,
  'download-failed': (d) => `${d.model}: ${d.problem?.title || d.problem?.code}`,
  'model-verified': (d) => `${d.model}@${short(d.commit)} ${term('state', d.state)}, ${bytes(d.presentBytes)}`,
  'model-placed': (d) => `${d.model} ${term('state', d.state)}: ${d.reason}`,
  'model-described': (d) => t('event.model-described', { model: d.model, generation: d.generation }),
  'model-removed': (d) => `${d.model} ${d.what}: ${bytes(d.freedBytes)}`,
  'model-corrupted': (d) => `${d.model} ${d.path}: ${d.kind}`,
  'storage-reported': (d) => t('event.storage-reported', { location: d.location, free: bytes(d.freeBytes) }),
  'gpu-reported': (d) => `${d.host}: ${d.gpus?.length} GPUs`,
  'service-reported': (d) => `${d.instance} ${term('state', d.state)}`,
  'maintenance-progressed': (d) => `${term('work', d.kind)} ${term('state', d.state)}${d.problem ? ': ' + d.problem.title : ''}`,
  'cleanup-due': (d) => `${d.action || 'remove'} ${d.scope} ${d.model || ''}`,
  'backup-due': (d) => d.action || 'backup',
  'restore-requested': (d) => d.backup,
};

/** An event in one line. */
export function eventSentence({ topic, data }) {
  const dead = topic.endsWith('.dead-letter');
  if (data === null || typeof data !== 'object') return t(dead ? 'event.unreadable' : 'event.forgotten');
  if (dead) return t('event.dead', { say: eventSentence({ topic: topic.slice(0, topic.lastIndexOf('.')), data }) });
  try {
    return EVENTS[topic]?.(data) || Object.values(data).filter((it) => typeof it === 'string').slice(0, 3).join(' · ');
  } catch {
    return JSON.stringify(data).slice(0, 120);
  }
}
