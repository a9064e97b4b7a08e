import { use } from '../data/store.js';
import { t } from '../words/words.js';
import { start } from './dialog.js';
import { activePreview, cancelPreview, cleanupPreview, downloadPreview, pinPreview, rollbackPreview, sizePreview } from './previews.js';
import { edit, flag, given, model, path, versions } from './shared.js';

const cleanup = (body) => ({ method: 'POST', path: '/cleanups', body });
const locations = () => (use('/storage').value?.items || []).map((it) => it.location);
const policies = () => [['all', t('spread.all')], ...[1, 2, 3].map((n) => ['copies-' + n, t('spread.copies', { n })]), ['near', t('spread.near')],
  ...locations().map((it) => ['at-' + it, t('spread.at', { location: it })])];

/** Downloads, versions and files of a model. */
export const OF_MODELS = {
  download: {
    severity: 'mild', fields: [{ ...model, free: true }, { name: 'revision', label: t('field.revision') },
      { name: 'repository', label: t('field.repository'), say: t('field.repository.say') }],
    preview: downloadPreview,
    request: (v) => ({ method: 'POST', path: '/downloads', body: given({ model: v.model, revision: v.revision, repository: v.repository }) }),
    command: (v) => `download ${v.model}${v.revision ? '@' + v.revision : ''}${flag('repository', v.repository)}`,
    event: (v) => ({ topic: 'download-requested', value: given({ model: v.model, revision: v.revision, repository: v.repository }) }),
    after: (v, it) => ({ go: '/downloads?open=' + it.id }),
  },
  cancel: {
    severity: 'hard', fields: [{ name: 'id', label: t('field.request'), required: true }], preview: cancelPreview,
    request: (v) => ({ method: 'DELETE', path: '/downloads/' + encodeURIComponent(v.id) }),
    command: (v) => `cancel ${v.id}`,
    event: (v) => ({ topic: 'download-requested', value: { action: 'cancel', model: v.model, requestId: v.id } }),
  },
  activate: {
    severity: 'mild', fields: [model], preview: activePreview, many: true,
    request: (v) => edit(v, { active: true }), command: (v) => `activate ${v.model}`,
    after: (v) => ({ say: t('done.activate', v), undo: () => start('deactivate', v) }),
  },
  deactivate: {
    severity: 'hard', fields: [model], preview: activePreview, many: true,
    request: (v) => edit(v, { active: false }), command: (v) => `deactivate ${v.model}`,
    after: (v) => ({ say: t('done.deactivate', v), undo: () => start('activate', v) }),
  },
  rollback: {
    severity: 'hard', fields: [model, { name: 'commit', label: t('field.commit'), required: true, options: versions }], preview: rollbackPreview,
    request: (v) => ({ method: 'POST', path: path(v, '/rollback'), body: { commit: v.commit } }),
    command: (v) => `rollback ${v.model}@${v.commit.slice(0, 12)}`,
    event: (v) => ({ topic: 'download-requested', value: { model: v.model, revision: v.commit } }),
  },
  pin: {
    severity: 'mild', fields: [model, { name: 'commit', label: t('field.commit'), required: true, options: versions }], preview: pinPreview,
    request: (v) => edit(v, { pin: v.commit }), command: (v) => `pin ${v.model}@${v.commit.slice(0, 12)}`,
    after: (v) => ({ say: t('done.pin', v), undo: () => start('unpin', v) }),
  },
  unpin: { severity: 'mild', fields: [model], request: (v) => edit(v, { pin: null }), command: (v) => `unpin ${v.model}` },
  follow: {
    severity: 'mild', fields: [model, { name: 'update', label: t('field.update'), required: true, options: ['manual', 'follow', 'approve'].map((it) => [it, t('update.' + it)]) }],
    request: (v) => edit(v, { update: v.update }), after: (v) => ({ say: t('done.follow', { model: v.model, how: t('update.' + v.update) }) }),
  },
  spread: {
    severity: 'mild', fields: [model, { name: 'where', label: t('field.spread'), required: true, options: policies }],
    request: (v) => edit(v, spread(v.where)), command: (v) => `spread ${v.model}${spreadFlag(v.where)}`,
    after: (v) => ({ say: t('done.spread', v) }),
  },
  archive: {
    severity: 'hard', fields: [model], preview: sizePreview('preview.archive'), many: true,
    request: (v) => cleanup({ scope: 'model', action: 'archive', model: v.model }),
    command: (v) => `archive ${v.model}`, event: (v) => ({ topic: 'cleanup-due', value: { scope: 'model', action: 'archive', model: v.model } }),
    after: (v) => ({ undo: () => start('unarchive', v) }),
  },
  unarchive: {
    severity: 'mild', fields: [model], preview: sizePreview('preview.unarchive'), many: true,
    request: (v) => cleanup({ scope: 'model', action: 'unarchive', model: v.model }),
    command: (v) => `unarchive ${v.model}`, event: (v) => ({ topic: 'cleanup-due', value: { scope: 'model', action: 'unarchive', model: v.model } }),
  },
  remove: {
    severity: 'hard', fields: [model], preview: (v) => cleanupPreview({ ...v, scope: 'model' }), many: true,
    request: (v) => cleanup(given({ scope: 'model', model: v.model, plan: v.plan })),
    command: (v) => `cleanup --scope model ${v.model}`, event: (v) => ({ topic: 'cleanup-due', value: { scope: 'model', model: v.model } }),
    after: () => ({ undo: () => start('undo', { trash: 'last' }) }),
  },
  verify: {
    severity: 'mild', fields: [model], preview: sizePreview('preview.verify'), many: true,
    request: (v) => ({ method: 'POST', path: '/integrity', body: { scope: 'integrity', action: 'verify', model: v.model } }),
    command: (v) => `verify ${v.model}`, event: (v) => ({ topic: 'cleanup-due', value: { scope: 'integrity', action: 'verify', model: v.model } }),
  },
  repair: {
    severity: 'mild', fields: [model], preview: sizePreview('preview.verify'), many: true,
    request: (v) => ({ method: 'POST', path: '/integrity', body: { scope: 'integrity', action: 'repair', model: v.model } }),
    command: (v) => `verify ${v.model} --repair`, event: (v) => ({ topic: 'cleanup-due', value: { scope: 'integrity', action: 'repair', model: v.model } }),
  },
};

function spread(where) {
  if (where.startsWith('at-')) return { locations: [where.slice(3)], spread: null };
  if (where.startsWith('copies-')) return { spread: { policy: 'copies', copies: Number(where.slice(7)) } };
  return { spread: { policy: where, copies: where === 'near' ? 1 : null } };
}

function spreadFlag(where) {
  if (where.startsWith('at-')) return ' --at ' + where.slice(3);
  if (where.startsWith('copies-')) return ' --copies ' + where.slice(7);
  return where === 'near' ? ' --near-gpus 1' : ' --all';
}
