import { use } from '../data/store.js';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { backupPreview, cleanupPreview, downloadPreview, planPreview, rollbackPreview } from './previews.js';

const models = () => (use('/models?limit=500').value?.items || []).map((it) => [it.model, it.displayName || it.model]);
const model = { name: 'model', label: t('field.model'), required: true, options: models };
const backups = () => (use('/backups?limit=50').value?.items || []).filter((it) => it.backup && it.state === 'done' && it.kind === 'backup')
  .map((it) => [it.backup, `${it.backup} · ${it.finishedAt.slice(0, 16).replace('T', ' ')}`]);
const path = (v, rest = '') => `/models/${encodeURIComponent(v.model)}${rest}`;
const given = (values) => Object.fromEntries(Object.entries(values).filter(([, v]) => v !== '' && v !== undefined));
const flag = (name, value) => (value === '' || value === undefined ? '' : ` --${name} ${value}`);

/** An edit of a catalog entry. */
const edit = (v, body) => ({ method: 'PATCH', path: path(v), body, ifMatch: path(v) });

/**
 * What can be done. `severity`: mild (undone by its opposite), hard (stops or frees something, and can be undone), severe
 * (cannot be undone: the name is typed). `request`, `command` and `event` are the three ways of saying the same.
 */
export const ACTIONS = {
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
    severity: 'hard', fields: [{ name: 'id', label: t('field.request'), required: true }],
    request: (v) => ({ method: 'DELETE', path: '/downloads/' + encodeURIComponent(v.id) }),
    command: (v) => `cancel ${v.id}`,
    event: (v) => ({ topic: 'download-requested', value: { action: 'cancel', model: v.model, requestId: v.id } }),
  },
  activate: {
    severity: 'mild', fields: [model], request: (v) => edit(v, { active: true }), command: (v) => `activate ${v.model}`,
    after: (v) => ({ say: t('done.activate', v), undo: () => start('deactivate', v) }),
  },
  deactivate: {
    severity: 'hard', fields: [model], request: (v) => edit(v, { active: false }), command: (v) => `deactivate ${v.model}`,
    after: (v) => ({ say: t('done.deactivate', v), undo: () => start('activate', v) }),
  },
  rollback: {
    severity: 'hard', fields: [model, { name: 'commit', label: t('field.commit'), required: true, options: versions }], preview: rollbackPreview,
    request: (v) => ({ method: 'POST', path: path(v, '/rollback'), body: { commit: v.commit } }),
    command: (v) => `rollback ${v.model}@${v.commit.slice(0, 12)}`,
    event: (v) => ({ topic: 'download-requested', value: { model: v.model, revision: v.commit } }),
  },
  pin: {
    severity: 'mild', fields: [model, { name: 'commit', label: t('field.commit'), required: true, options: versions }],
    request: (v) => edit(v, { pin: v.commit }), command: (v) => `pin ${v.model}@${v.commit.slice(0, 12)}`,
    after: (v) => ({ say: t('done.pin', v), undo: () => start('unpin', v) }),
  },
  unpin: { severity: 'mild', fields: [model], request: (v) => edit(v, { pin: null }), command: (v) => `unpin ${v.model}` },
  place: {
    severity: 'hard', fields: [model, { name: 'users', label: t('field.users'), type: 'number', min: 1, required: true, value: 1 },
      { name: 'contextTokens', label: t('field.context'), type: 'number', min: 1, required: true, value: 4096 }],
    preview: (v) => planPreview({ demands: { [v.model]: demand(v) } }),
    request: (v) => edit(v, { placement: demand(v) }),
    command: (v) => `place ${v.model} --users ${v.users} --context ${v.contextTokens}`,
    after: (v) => ({ say: t('done.place', v), undo: () => start('unplace', v) }),
  },
  unplace: {
    severity: 'hard', fields: [model], preview: (v) => planPreview({ stop: [v.model] }),
    request: (v) => ({ method: 'DELETE', path: '/placements/' + encodeURIComponent(v.model) }), command: (v) => `unplace ${v.model}`,
    after: (v, it) => ({ say: t('done.unplace', v), undo: () => start('place', { ...v, ...it.placement }) }),
  },
  cleanup: {
    severity: 'hard', fields: [{ name: 'scope', label: t('field.scope'), required: true, value: 'all',
      options: ['all', 'cache', 'partials', 'versions', 'unused', 'foreign'].map((it) => [it, t('scope.' + it)]) }],
    preview: cleanupPreview,
    request: (v) => ({ method: 'POST', path: '/cleanups', body: given({ scope: v.scope, plan: v.plan }) }),
    command: (v) => `cleanup --scope ${v.scope}${flag('plan', v.plan)}`,
    event: (v) => ({ topic: 'cleanup-due', value: given({ scope: v.scope, plan: v.plan }) }),
    after: () => ({ undo: () => start('undo', { trash: 'last' }) }),
  },
  undo: {
    severity: 'mild', fields: [{ name: 'trash', label: t('field.trash'), required: true, value: 'last' }],
    request: (v) => ({ method: 'POST', path: '/cleanups', body: { scope: 'trash', action: 'undo', trash: v.trash } }),
    command: (v) => `undo ${v.trash === 'last' ? 'LAST' : v.trash}`,
    event: (v) => ({ topic: 'cleanup-due', value: { scope: 'trash', action: 'undo', trash: v.trash } }),
  },
  archive: {
    severity: 'hard', fields: [model],
    request: (v) => ({ method: 'POST', path: '/cleanups', body: { scope: 'model', action: 'archive', model: v.model } }),
    command: (v) => `archive ${v.model}`, event: (v) => ({ topic: 'cleanup-due', value: { scope: 'model', action: 'archive', model: v.model } }),
  },
  remove: {
    severity: 'hard', fields: [model], preview: (v) => cleanupPreview({ ...v, scope: 'model' }),
    request: (v) => ({ method: 'POST', path: '/cleanups', body: given({ scope: 'model', model: v.model, plan: v.plan }) }),
    command: (v) => `cleanup --scope model ${v.model}`, event: (v) => ({ topic: 'cleanup-due', value: { scope: 'model', model: v.model } }),
    after: () => ({ undo: () => start('undo', { trash: 'last' }) }),
  },
  verify: {
    severity: 'mild', fields: [model],
    request: (v) => ({ method: 'POST', path: '/integrity', body: { scope: 'integrity', action: 'verify', model: v.model } }),
    command: (v) => `verify ${v.model}`, event: (v) => ({ topic: 'cleanup-due', value: { scope: 'integrity', action: 'verify', model: v.model } }),
  },
  backup: {
    severity: 'mild', fields: [], preview: backupPreview,
    request: () => ({ method: 'POST', path: '/backups', body: {} }), command: () => 'backup', event: () => ({ topic: 'backup-due', value: {} }),
  },
  drill: {
    severity: 'mild', fields: [],
    request: () => ({ method: 'POST', path: '/backups', body: { action: 'drill' } }), command: () => 'backups drill',
    event: () => ({ topic: 'backup-due', value: { action: 'drill' } }),
  },
  restore: {
    severity: 'hard', fields: [{ name: 'backup', label: t('field.backup'), required: true, options: backups },
      { name: 'model', label: t('field.restore.model'), options: () => [['', t('field.everything')], ...models()] }],
    request: (v) => ({ method: 'POST', path: '/restores', body: restored(v) }),
    command: (v) => `restore ${v.backup}${flag('model', v.model)}`, event: (v) => ({ topic: 'restore-requested', value: restored(v) }),
  },
};

for (const [id, it] of Object.entries(ACTIONS)) Object.assign(it, { id, title: t('action.' + id), say: t('action.say.' + id) });

function demand(v) {
  return { users: v.users, contextTokens: v.contextTokens };
}

function restored(v) {
  return given({ backup: v.backup, scope: v.model ? 'model' : '', model: v.model });
}

function versions(v) {
  const items = v.model ? use(path(v, '/versions')).value?.items || [] : [];
  return items.filter((it) => it.state !== 'removed').map((it) => [it.commit, `${it.commit.slice(0, 12)} · ${it.state}${it.current ? ' · ' + t('current') : ''}`]);
}

/** Opens the dialog of an action. */
export function start(id, values) {
  openDialog(ACTIONS[id], values);
}

