import { use } from '../data/store.js';
import { t } from '../words/words.js';
import { start } from './dialog.js';
import { backupPreview, cleanupPreview, drillPreview, prunePreview, restorePreview } from './previews.js';
import { backups, flag, given, models, quoted } from './shared.js';

const GB = 1e9;
const SCOPES = ['all', 'cache', 'partials', 'versions', 'surplus', 'unused', 'foreign'];
const saved = { name: 'backup', label: t('field.backup'), required: true, options: backups };
const families = () => [...new Set((use('/models?limit=500').value?.items || []).map((it) => it.family))].sort().map((it) => [it, it]);
const ofBackups = (body) => ({ method: 'POST', path: '/backups', body });
const quota = (v) => '/site/quota/' + encodeURIComponent(v.family);

/** The disk: what goes, what comes back, what is saved elsewhere. */
export const OF_STORAGE = {
  cleanup: {
    severity: 'hard', fields: [{ name: 'scope', label: t('field.scope'), required: true, value: 'all', options: SCOPES.map((it) => [it, t('scope.' + it)]) }],
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
  quota: {
    severity: 'hard', edits: 'setting', fields: [{ name: 'family', label: t('field.family'), required: true, options: families },
      { name: 'gb', label: t('field.gb'), type: 'number', min: 1, required: true }],
    request: (v) => ({ method: 'PUT', path: quota(v), body: { bytes: Math.round(v.gb * GB) } }),
    after: (v) => ({ say: t('done.quota', v), undo: () => start('unquota', v) }),
  },
  unquota: {
    severity: 'mild', edits: 'setting', fields: [{ name: 'family', label: t('field.family'), required: true, options: families }],
    request: (v) => ({ method: 'DELETE', path: quota(v) }),
  },
  backup: {
    severity: 'mild', fields: [{ name: 'family', label: t('field.backup.family'), options: () => [['', t('field.everything')], ...families()] }], preview: backupPreview,
    request: (v) => ofBackups(chosen(v)), command: (v) => 'backup' + flag('family', v.family), event: (v) => ({ topic: 'backup-due', value: chosen(v) }),
  },
  drill: {
    severity: 'mild', fields: [], preview: drillPreview,
    request: () => ofBackups({ action: 'drill' }), command: () => 'backups drill',
    event: () => ({ topic: 'backup-due', value: { action: 'drill' } }),
  },
  check: {
    severity: 'mild', fields: [{ name: 'read', label: t('field.read'), options: () => [['', t('read.structure')], ['1/7', t('read.seventh')], ['all', t('read.all')]] }],
    request: (v) => ofBackups(given({ action: 'check', read: v.read })), command: (v) => 'backups check' + (v.read === 'all' ? ' --read-data' : flag('read-data-subset', v.read)),
    event: (v) => ({ topic: 'backup-due', value: given({ action: 'check', read: v.read }) }),
  },
  prune: {
    severity: 'hard', fields: [], preview: prunePreview,
    request: () => ofBackups({ action: 'prune' }), command: () => 'backups prune', event: () => ({ topic: 'backup-due', value: { action: 'prune' } }),
  },
  keep: {
    severity: 'mild', fields: [saved, { name: 'reason', label: t('field.reason'), required: true }],
    request: (v) => ofBackups({ action: 'pin', backup: v.backup, reason: v.reason }), command: (v) => `backups pin ${v.backup} --reason ${quoted(v.reason)}`,
    event: (v) => ({ topic: 'backup-due', value: { action: 'pin', backup: v.backup, reason: v.reason } }),
    after: (v) => ({ undo: () => start('letgo', v) }),
  },
  letgo: {
    severity: 'mild', fields: [saved],
    request: (v) => ofBackups({ action: 'unpin', backup: v.backup }), command: (v) => `backups unpin ${v.backup}`,
    event: (v) => ({ topic: 'backup-due', value: { action: 'unpin', backup: v.backup } }),
  },
  restore: {
    severity: 'hard', fields: [saved, { name: 'model', label: t('field.restore.model'), options: () => [['', t('field.everything')], ...models()] }], preview: restorePreview,
    request: (v) => ({ method: 'POST', path: '/restores', body: restored(v) }),
    command: (v) => `restore ${v.backup}${flag('model', v.model)}`, event: (v) => ({ topic: 'restore-requested', value: restored(v) }),
  },
};

function chosen(v) {
  return given({ scope: v.family ? 'family' : '', family: v.family });
}

function restored(v) {
  return given({ backup: v.backup, scope: v.model ? 'model' : '', model: v.model });
}
