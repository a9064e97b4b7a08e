import './style/tokens.css';
import './style/frame.css';
import './style/parts.css';
import './style/pages.css';
import { render } from 'lit-html';
import { follow } from './data/live.js';
import { onSession, session } from './data/session.js';
import { record } from './data/tail.js';
import { drawing, heard, onChange, refreshAll } from './data/store.js';
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
import { t } from './words/words.js';

const root = document.getElementById('console');
let pending = false;
let arriving = false;

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
}

/** After a change of page the focus goes to its heading, and stays with it while the page is being filled. */
function arrive() {
  const focused = document.activeElement;
  if (!focused || focused === document.body || !focused.isConnected || !document.querySelector('main').contains(focused)) {
    document.querySelector('main h1')?.focus({ preventScroll: true });
  }
  arriving = Boolean(document.querySelector('main .loading'));
}

onChange(redraw);
onToast(redraw);
onSession(redraw, refreshAll);
[onDialog, onHelp, onPalette].forEach((listen) => listen(now));
applyTheme();
startRouting(({ moved }) => {
  arriving = moved;
  now();
  if (moved) scrollTo(0, 0);
});
listenToKeys();
now();
follow({
  onEvent: (event) => { record(event); heard(event); redraw(); },
  onState: redraw,
  onOpen: refreshAll,
});
