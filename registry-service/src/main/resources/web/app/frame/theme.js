import { keep, kept } from '../data/browser.js';

/** Light or dark: the system's, until somebody chooses; the choice is this browser's. */
const KEY = 'theme';
const ORDER = ['system', 'light', 'dark'];
let chosen = kept(KEY, ORDER) || 'system';

export function theme() {
  return chosen;
}

export function applyTheme() {
  if (chosen === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

export function nextTheme() {
  chosen = ORDER[(ORDER.indexOf(chosen) + 1) % ORDER.length];
  keep(KEY, chosen);
  applyTheme();
}
