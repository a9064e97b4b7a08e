import { t } from '../words/words.js';
import { OF_GPUS } from './of-gpus.js';
import { OF_MODELS } from './of-models.js';
import { OF_RECEIVERS } from './of-receivers.js';
import { OF_STORAGE } from './of-storage.js';
import { known } from './dialog.js';

/**
 * What can be done. `severity`: mild (undone by its opposite), hard (stops or frees something, and can be undone), severe
 * (cannot be undone: the name is typed). `request`, `command` and `event` are the ways of saying the same; an action
 * without a command or an event has none; `edits` says why: a catalog entry if nothing else, a `setting`, or `nothing`. `many`: can be done to several models at once.
 */
export const ACTIONS = { ...OF_MODELS, ...OF_GPUS, ...OF_STORAGE, ...OF_RECEIVERS };

for (const [id, it] of Object.entries(ACTIONS)) Object.assign(it, { id, title: t('action.' + id), say: t('action.say.' + id) });
known(ACTIONS);

export { start } from './dialog.js';
