import { html, nothing } from 'lit-html';
import { ask } from '../data/api.js';
import { use } from '../data/store.js';
import { attemptRows, receiverWord } from '../parts/receivers.js';
import { t } from '../words/words.js';
import { start } from './dialog.js';
import { given, quoted } from './shared.js';

const TEMPLATES = ['cloudevents', 'slack', 'plain'];
const all = () => use('/notifications/receivers').value?.items || [];
const receiver = { name: 'receiver', label: t('field.receiver'), required: true, options: () => all().map((it) => [it.name, it.name]) };
const place = (v, rest = '') => `/site/notify/${encodeURIComponent(v.receiver)}${rest}`;
const told = (v, rest = '') => `/notifications/${encodeURIComponent(v.id)}${rest}`;

/** Who is told what happens. */
export const OF_RECEIVERS = {
  notify: {
    severity: 'hard', edits: 'setting',
    fields: [{ name: 'receiver', label: t('field.receiver'), required: true, say: t('field.receiver.say') }, { name: 'on', label: t('field.on.events'), required: true, say: t('field.on.events.say') },
      { name: 'url', label: t('field.url') }, { name: 'urlFile', label: t('field.url.file'), say: t('field.url.file.say') },
      { name: 'template', label: t('field.template'), options: TEMPLATES.map((it) => [it, t('template.' + it)]), value: TEMPLATES[0] },
      { name: 'secretFile', label: t('field.secret'), say: t('field.secret.say') }],
    preview: settingPreview,
    request: (v) => ({ method: 'PUT', path: place(v), body: setting(v) }),
    command: (v) => `apply -f - <<'EOF'\n${wished(v)}\nEOF`,
    after: (v) => ({ say: t('done.notify', v), undo: () => start('unnotify', v) }),
  },
  unnotify: {
    severity: 'hard', edits: 'setting', fields: [receiver], preview: endPreview,
    request: (v) => ({ method: 'DELETE', path: place(v) }),
    after: (v) => ({ say: t('done.unnotify', v) }),
  },
  ring: {
    severity: 'mild', edits: 'nothing', fields: [receiver], preview: ringPreview,
    request: (v) => ({ method: 'POST', path: place(v, '/test'), body: {} }), command: (v) => `notify test ${v.receiver}`,
    after: (v, it) => ({ say: t(it.delivered ? 'done.ring' : 'done.ring.not', { ...v, said: it.said || it.status || '', ms: it.millis }), link: opened(it.id) }),
  },
  retell: {
    severity: 'mild', edits: 'nothing', fields: [{ name: 'id', label: t('field.notification'), required: true }], preview: retellPreview,
    request: (v) => ({ method: 'POST', path: told(v, '/retry'), body: {} }), command: (v) => `notify retry ${v.id}`,
    after: (v) => ({ link: opened(v.id) }),
  },
};

function opened(id) {
  return { href: `/notifications?open=${encodeURIComponent(id)}`, say: t('look') };
}

function setting(v) {
  return given({ on: v.on.split(/[\s,]+/).filter(Boolean), url: v.url, urlFile: v.urlFile, template: v.template, secretFile: v.secretFile });
}

/** The same as a models.yaml, of which JSON is a part. */
function wished(v) {
  return JSON.stringify({ apiVersion: 'modeldepot/v1', notify: { [v.receiver]: setting(v) } });
}

/** What a models.yaml that says this would change; its faults are those of the setting. */
async function settingPreview(v) {
  const { value } = await ask('POST', '/desired-state/diff', { body: wished(v), type: 'application/yaml' });
  return { title: t(value.same ? 'preview.notify.same' : 'preview.notify', { receiver: v.receiver, n: setting(v).on.length }),
    body: html`<ul>${value.changes.flatMap((it) => Object.entries(it.fields || {})).map(([name, one]) => html`<li class="line"><span>${name}</span><span class="mono"><bdi>${shownValue(one)}</bdi></span></li>`)}</ul>` };
}

function shownValue(one) {
  return one && typeof one === 'object' && 'to' in one ? JSON.stringify(one.to) : JSON.stringify(one);
}

async function endPreview(v) {
  const { value } = await ask('GET', '/notifications?limit=500&state=waiting&receiver=' + encodeURIComponent(v.receiver));
  return { title: t('preview.unnotify', { receiver: v.receiver, n: value.items.length }) };
}

async function ringPreview(v) {
  const { value } = await ask('GET', '/notifications/receivers');
  const it = value.items.find((one) => one.name === v.receiver);
  if (!it) return { title: t('preview.receiver.none', v), refuse: true };
  return { title: t('preview.ring', { to: it.to || '–' }), body: html`<p>${receiverWord(it)} ${it.why ?? nothing}</p>`, refuse: it.state === 'unusable' };
}

async function retellPreview(v) {
  const { value } = await ask('GET', told(v));
  return { title: t('preview.retell', { receiver: value.receiver, kind: value.kind, n: value.attempts }), body: html`<p><bdi>${value.say}</bdi></p>${attemptRows(value.tries)}` };
}
