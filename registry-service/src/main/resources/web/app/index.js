import './style/tokens.css';
import './style/frame.css';
import './style/parts.css';
import './style/pages.css';
import { render } from 'lit-html';
import { follow } from './data/live.js';
import { onSession, session } from './data/session.js';
import { record } from './data/tail.js';
import { drawing, heard, onChange, refreshAll, startOver } from './data/store.js';
import { onDialog } from './actions/dialog.js';
import { onHelp } from './frame/help.js';
import { listenToKeys } from './frame/keys.js';
import { onPalette } from './frame/palette.js';
import { route, startRouting } from './frame/route.js';
import { shell } from './frame/shell.js';
import { signInView } from './frame/signin.js';
import { applyTheme } from './frame/theme.js';
import { onToast } from './frame/toast.js';
import { pageFor } from './pages/pages.js';
import { language } from './words/language.js';
import { t } from './words/words.js';

const root = document.getElementById('console');
let pending = false;
let arriving = false;
let seeking = true;

/** One drawing for all that changed in this turn. */
function redraw() {
  if (pending) return;
  pending = true;
  setTimeout(now, 0);
}

function now() {
  pending = false;
  drawing(() => {
    const page = session.needed ? { title: t('signin.title'), view: signInView } : pageFor(route);
    document.title = `${page.title} · ${t('brand')}`;
    render(shell(page, page.view(), redraw), root);
  });
  if (arriving) arrive();
  if (seeking) seek();
}

/** After a change of page the focus goes to its heading, and stays with it while the page is being filled. */
function arrive() {
  const focused = document.activeElement;
  if (!focused || focused === document.body || !focused.isConnected || !document.querySelector('main').contains(focused)) {
    document.querySelector('main h1')?.focus({ preventScroll: true });
  }
  arriving = isFilling();
}

function isFilling() {
  return Boolean(document.querySelector('main .loading'));
}

function seek() {
  showPlace();
  seeking = isFilling();
}

/** On a telephone the names of places, and of a page's sections, are wider than it is: the one that is shown is moved into sight. */
function showPlace() {
  document.querySelectorAll('.places [aria-current], .tabs [aria-current]').forEach((here) => {
    const row = here.parentElement;
    row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 3;
  });
}

onChange(redraw);
onToast(redraw);
onSession(redraw, startOver);
[onDialog, onHelp, onPalette].forEach((listen) => listen(now));
applyTheme();
document.documentElement.lang = language;
startRouting(({ moved }) => {
  arriving = moved;
  seeking = true;
  now();
  if (moved) scrollTo(0, 0);
});
listenToKeys();
addEventListener('resize', showPlace);
now();
follow({
  onEvent: (event) => { record(event); heard(event); redraw(); },
  onState: redraw,
  onOpen: refreshAll,
});
