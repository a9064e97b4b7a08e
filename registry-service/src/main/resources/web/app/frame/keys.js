import { go } from './route.js';
import { openHelp } from './help.js';
import { openPalette } from './palette.js';
import { PLACES } from './shell.js';

const PAUSE_MS = 1200;

/** Keys that work everywhere but in a field: g and a letter goes to a place, / filters, ? helps, Ctrl K finds. */
export function listenToKeys() {
  let gAt = -Infinity; // the clock begins when the page loads
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      openPalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || document.querySelector('dialog[open]')) return;
    if (performance.now() - gAt < PAUSE_MS) {
      gAt = -Infinity;
      const place = PLACES.find(([, , key]) => key === event.key);
      if (place) {
        event.preventDefault();
        go('/' + place[0]);
      }
    } else if (event.key === 'g') {
      gAt = performance.now();
    } else if (event.key === '/') {
      event.preventDefault();
      const filter = document.querySelector('[data-filter]');
      if (filter) filter.focus();
      else openPalette();
    } else if (event.key === '?') {
      event.preventDefault();
      openHelp();
    }
  });
}

function writing(target) {
  return target.matches?.('input, textarea, select, [contenteditable]');
}
