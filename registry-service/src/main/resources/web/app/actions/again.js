import { html } from 'lit-html';
import { t } from '../words/words.js';
import { openDialog } from './dialog.js';

const DEAD = '.dead-letter';

/** The doors of REST by which a command is given, and what of a payload is not asked for but added on the way. */
const DOORS = {
  'download-requested': (d) => (d.action === 'cancel' ? undefined : '/downloads'),
  'cleanup-due': (d) => (d.scope === 'integrity' ? '/integrity' : '/cleanups'),
  'backup-due': () => '/backups',
  'restore-requested': () => '/restores',
};

export function isDeadLetter(topic) {
  return topic.endsWith(DEAD);
}

/** The topic whose payloads these are: a dead letter is what could not be executed, unchanged. */
export function topicOf(topic) {
  return isDeadLetter(topic) ? topic.slice(0, -DEAD.length) : topic;
}

/** Whether a record is a command that can be given once more. */
export function canGoAgain({ topic, data }) {
  return Boolean(data && typeof data === 'object' && DOORS[topicOf(topic)]?.(data));
}

/** Gives a command once more, under a new id and by whoever looks at this page. */
export function goAgain({ topic, data }) {
  const name = topicOf(topic);
  const { requestId, actor, ...value } = data;
  openDialog({
    title: t('action.again'), say: t('action.say.again', { topic: name }), severity: 'hard',
    preview: async () => ({ title: name, body: html`<pre class="mono wrap">${JSON.stringify(value, null, 2)}</pre>` }),
    request: () => ({ method: 'POST', path: DOORS[name](value), body: value }),
    event: () => ({ topic: name, value }),
  });
}
