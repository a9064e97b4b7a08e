import { t } from '../words/words.js';
import { start } from './dialog.js';
import { planPreview } from './previews.js';
import { edit, flag, given, gpus, model, quoted } from './shared.js';

const GIB = 2 ** 30;
const gpu = { name: 'gpu', label: 'GPU', required: true, options: gpus };
const terms = [{ name: 'reason', label: t('field.reason') }];
const setting = (v) => '/site/gpu/' + v.gpu.split('/').map(encodeURIComponent).join('/');
const why = (v) => (v.reason ? ` --reason ${quoted(v.reason)}` : '');

/** What GPUs are to serve, and which are not to. */
export const OF_GPUS = {
  place: {
    severity: 'hard', fields: [model, { name: 'users', label: t('field.users'), type: 'number', min: 1, required: true, value: 1 },
      { name: 'contextTokens', label: t('field.context'), type: 'number', min: 1, required: true, value: 4096 },
      { name: 'gpu', label: t('field.on'), options: () => [['', t('field.on.any')], ...gpus()] }],
    preview: (v) => planPreview({ demands: { [v.model]: demand(v) } }),
    request: (v) => edit(v, { placement: { ...demand(v), gpu: v.gpu || null } }),
    command: (v) => `place ${v.model} --users ${v.users} --context ${v.contextTokens}${flag('gpu', v.gpu)}`,
    after: (v) => ({ say: t('done.place', v), undo: () => start('unplace', v) }),
  },
  unplace: {
    severity: 'hard', fields: [model], preview: (v) => planPreview({ stop: [v.model] }),
    request: (v) => ({ method: 'DELETE', path: '/placements/' + encodeURIComponent(v.model) }), command: (v) => `unplace ${v.model}`,
    after: (v, it) => ({ say: t('done.unplace', v), undo: () => start('place', { ...v, ...it.placement }) }),
  },
  drain: {
    severity: 'hard', edits: 'setting', fields: [gpu, ...terms], preview: (v) => planPreview({ drain: [v.gpu] }),
    request: (v) => ({ method: 'PUT', path: setting(v), body: given({ state: 'drained', reason: v.reason }) }),
    command: (v) => `gpus drain ${v.gpu}${why(v)}`,
    after: (v) => ({ say: t('done.drain', v), undo: () => start('release', v) }),
  },
  reserve: {
    severity: 'hard', edits: 'setting', fields: [gpu, { name: 'gib', label: t('field.gib'), type: 'number', min: 1, required: true, value: 8 }, ...terms],
    request: (v) => ({ method: 'PUT', path: setting(v), body: given({ reservedBytes: Math.round(v.gib * GIB), reason: v.reason }) }),
    command: (v) => `gpus reserve ${v.gpu} --gib ${v.gib}${why(v)}`,
    after: (v) => ({ say: t('done.reserve', v), undo: () => start('release', v) }),
  },
  release: {
    severity: 'mild', edits: 'setting', fields: [gpu],
    request: (v) => ({ method: 'DELETE', path: setting(v) }), command: (v) => `gpus release ${v.gpu}`,
    after: (v) => ({ say: t('done.release', v) }),
  },
  forget: {
    severity: 'severe', fields: [{ name: 'host', label: t('field.host'), required: true, options: () => [...new Set(gpus().map(([id]) => id.split('/')[0]))].map((it) => [it, it]) }],
    nameToType: (v) => v.host,
    request: (v) => ({ method: 'DELETE', path: '/gpus/' + encodeURIComponent(v.host) }), command: (v) => `gpus forget ${v.host}`,
  },
};

export function demand(v) {
  return given({ users: v.users, contextTokens: v.contextTokens, gpu: v.gpu });
}
