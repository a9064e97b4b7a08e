/** Light or dark: the system's, until somebody chooses; the choice is this browser's. */
const KEY = 'model-depot.theme';
const ORDER = ['system', 'light', 'dark'];

export function theme() {
  try {
    const kept = localStorage.getItem(KEY);
    return ORDER.includes(kept) ? kept : 'system';
  } catch {
    return 'system';
  }
}

export function applyTheme(chosen = theme()) {
  if (chosen === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

export function nextTheme() {
  const chosen = ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length];
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // A browser that keeps nothing still shows it.
  }
  applyTheme(chosen);
}
