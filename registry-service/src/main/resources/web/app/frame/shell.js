import { html, nothing } from 'lit-html';
import { live } from '../data/live.js';
import { session, signOut } from '../data/session.js';
import { use } from '../data/store.js';
import { age } from '../parts/format.js';
import { language, LANGUAGES, speak } from '../words/language.js';
import { t } from '../words/words.js';
import { dialogView } from '../actions/dialog.js';
import { helpView, openHelp } from './help.js';
import { openPalette, paletteView } from './palette.js';
import { route } from './route.js';
import { nextTheme, theme } from './theme.js';
import { toastsView } from './toast.js';

export const PLACES = [
  ['', 'overview', 'o'], ['models', 'models', 'm'], ['downloads', 'downloads', 'd'], ['gpus', 'gpus', 'g'],
  ['storage', 'storage', 's'], ['desired', 'desired', 'w'], ['events', 'events', 'e'], ['notifications', 'notifications', 'n'], ['audit', 'audit', 'a'],
];

/** Everything around a page: names of places, the state of the connection, what is said aloud. */
export function shell(page, body, redraw) {
  const status = session.needed ? {} : use('/status');
  return html`
    <a class="skip" href="#page">${t('skip')}</a>
    <header class="top">
      <a class="brand" href="/">${logo()}<span>${t('brand')}</span></a>
      <span class="crumbs">${crumbs(page)}</span>
      <span class="tools">
        <button type="button" class="plain search" aria-label=${t('search')} @click=${() => openPalette()}>
          <span class="wide">${t('search')}</span><span class="narrow" aria-hidden="true">⌕</span><kbd>Ctrl K</kbd></button>
        ${chip(status.value)}${attention(status.value)}
        ${languages()}
        <button type="button" class="plain" title=${t('theme.' + theme())} aria-label=${t('theme.' + theme())}
          @click=${() => { nextTheme(); redraw(); }}>◐</button>
        ${session.who?.signedIn ? html`<button type="button" class="plain" aria-label=${t('signin.out')} title=${t('signin.out')} @click=${signOut}>⏻</button>` : nothing}
        <button type="button" class="plain" aria-label=${t('help')} title=${t('help')} @click=${openHelp}>?</button>
      </span>
    </header>
    <nav class="places" aria-label=${t('places')}>${PLACES.map(([path, name]) => place(path, name, status.value))}</nav>
    ${banner(status)}
    <main id="page" tabindex="-1">${body}</main>
    ${toastsView()}${paletteView()}${helpView()}${dialogView()}`;
}

/** The other languages, each named in itself, so that whoever cannot read the page finds theirs. */
function languages() {
  return LANGUAGES.filter(([id]) => id !== language).map(([id, name]) => html`<button type="button" class="plain" lang=${id} title=${name} aria-label=${name}
    data-language=${id} @click=${() => speak(id)}>${id.toUpperCase()}</button>`);
}

function logo() {
  return html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><rect class="logo-a" x="1" y="2" width="18" height="4" rx="1.5"></rect>
    <rect class="logo-b" x="1" y="8" width="12" height="4" rx="1.5"></rect><rect class="logo-c" x="1" y="14" width="15" height="4" rx="1.5"></rect></svg>`;
}

function crumbs(page) {
  return page.crumbs ? page.crumbs.map((one) => html`<span aria-hidden="true">▸</span><a href=${one.href}><bdi>${one.say}</bdi></a>`) : nothing;
}

function place(path, name, status) {
  const running = status?.downloads?.running + status?.downloads?.waiting;
  const here = (route.path[0] || '') === path;
  return html`<a href="/${path}" aria-current=${here ? 'page' : nothing}>${t('place.' + name)}${
    name === 'downloads' && running ? html` <span class="badge">${running}<span class="visually-hidden"> ${t('running')}</span></span>` : nothing}</a>`;
}

/** A stream that is open says nothing about a broker that is away; the status does. */
function chip(status) {
  if (session.needed) return nothing; // nobody is told anything yet
  const state = live.state === 'live' && status?.broker?.connected === false ? 'no-broker' : live.state;
  const tone = { live: 'good', connecting: 'quiet', reconnecting: 'warn', 'no-broker': 'warn' }[state];
  const since = live.heardAt && state !== 'live' ? ' · ' + age(live.heardAt) : '';
  return html`<span class="word chip ${tone}" data-live=${state} title=${t('live.say.' + state)}>
    <span class="dot" aria-hidden="true"></span>${t('live.' + state)}${since}</span>`;
}

function attention(status) {
  const n = status?.attention?.length || 0;
  return n ? html`<a class="attention" href="/" title=${t('attention.count', { n })}><span aria-hidden="true">▲</span> ${n}<span class="visually-hidden"> ${t('attention.title')}</span></a>` : nothing;
}

/** Said on every page while what is shown may be old. */
function banner(status) {
  if (live.state === 'no-broker' || status.value?.broker?.connected === false) {
    return html`<p class="banner" role="status">${t('banner.broker', { age: age(status.at) })}</p>`;
  }
  if (live.state === 'reconnecting' && status.problem) {
    return html`<p class="banner" role="status">${t('banner.registry', { age: age(status.at) })}</p>`;
  }
  return nothing;
}
