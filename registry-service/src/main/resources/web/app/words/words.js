import { EN } from './en.js';
import { language } from './language.js';

/** Everything waits for the texts; whoever reads English does not load the others. */
const TEXTS = language === 'de' ? (await import('./de.js')).DE : EN;

/**
 * A text of the catalogue with its blanks filled: `{n}` is a value, `{n|file|files}` one of two words for that many. A key that is not
 * there is shown as it is, so that a test sees it.
 */
export function t(key, values = {}) {
  const text = TEXTS[key];
  if (text === undefined) return `[${key}]`;
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g, (_, name, one, many) => {
    const value = String(values[name] ?? '');
    return many === undefined ? value : value === '1' ? one : many;
  });
}

/** A word of the contract, a state or a kind; one that the catalogue does not know is shown as the service says it. */
export function term(kind, word) {
  return TEXTS[`${kind}.${word}`] ?? word;
}
