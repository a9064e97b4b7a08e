import { ask, onceKnown, onUnknown, Problem } from './api.js';

/** Whether a sign-in is needed, and who is signed in; `known` is false until somebody asked. */
export const session = { needed: false, why: null, busy: false, who: null };

let changed = () => {};

/** `callback` hears every change; `entered` every sign-in. */
export function onSession(callback, entered) {
  changed = callback;
  onUnknown(() => {
    if (session.needed) return;
    session.needed = true;
    changed();
  });
  const claim = /^#claim=(.+)$/.exec(location.hash);
  if (claim) {
    // A secret does not stay in the address.
    history.replaceState(null, '', location.pathname + location.search);
    begin({ claim: decodeURIComponent(claim[1]) }, entered);
  } else {
    look();
  }
  signedIn = entered;
}

let signedIn = () => {};

async function look() {
  try {
    session.who = (await ask('GET', '/session')).value;
    session.needed = !session.who.role;
  } catch {
    // Nobody answers; the banner says so.
  }
  changed();
}

/** Makes a session of a token. */
export function signIn(token) {
  return begin({ token }, signedIn);
}

async function begin(body, entered) {
  session.busy = true;
  session.why = null;
  changed();
  try {
    session.who = (await ask('POST', '/session', { body })).value;
    onceKnown();
    session.needed = false;
    entered();
  } catch (problem) {
    session.needed = true;
    session.why = problem instanceof Problem ? problem : new Problem({ title: String(problem) });
  }
  session.busy = false;
  changed();
}

/** Ends the session. */
export async function signOut() {
  await ask('DELETE', '/session');
  location.reload();
}
