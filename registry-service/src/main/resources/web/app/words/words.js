import { EN } from './en.js';

/** A text of the catalogue with its blanks filled. A key that is not there is shown as it is, so that a test sees it. */
export function t(key, values = {}) {
  const text = EN[key];
  if (text === undefined) return `[${key}]`;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}
