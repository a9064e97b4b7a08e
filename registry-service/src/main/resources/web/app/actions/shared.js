import { use } from '../data/store.js';
import { t } from '../words/words.js';

/** What the actions of all areas have in common: their usual fields, addresses and ways of writing a flag. */
export const models = () => (use('/models?limit=500').value?.items || []).map((it) => [it.model, it.displayName || it.model]);
export const model = { name: 'model', label: t('field.model'), required: true, options: models };
export const backups = () => (use('/backups?limit=50').value?.items || []).filter((it) => it.backup && it.state === 'done' && it.kind === 'backup')
  .map((it) => [it.backup, `${it.backup} · ${it.finishedAt.slice(0, 16).replace('T', ' ')}`]);
export const gpus = () => (use('/gpus').value?.items || []).map((it) => [`${it.host}/${it.id}`, `${it.host}/${it.id} · ${it.name}`]);
export const path = (v, rest = '') => `/models/${encodeURIComponent(v.model)}${rest}`;
export const given = (values) => Object.fromEntries(Object.entries(values).filter(([, v]) => v !== '' && v !== undefined));
export const flag = (name, value) => (value === '' || value === undefined ? '' : ` --${name} ${value}`);

/** A text as one word of a shell. */
export function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** An edit of a catalog entry. */
export const edit = (v, body) => ({ method: 'PATCH', path: path(v), body, ifMatch: path(v) });

export function versions(v) {
  const items = v.model ? use(path(v, '/versions')).value?.items || [] : [];
  return items.filter((it) => it.state !== 'removed').map((it) => [it.commit, `${it.commit.slice(0, 12)} · ${it.state}${it.current ? ' · ' + t('current') : ''}`]);
}
