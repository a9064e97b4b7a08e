import { locale } from '../words/language.js';

/** Amounts and times as people read them. Files are decimal (GB), as hubs show them; GPU memory is binary (GiB). */
const ONE = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const WHOLE = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

export function bytes(n) {
  if (n === undefined || n === null) return '–';
  let unit = 0;
  let left = Math.abs(n);
  while (left >= 999.5 && unit < DECIMAL.length - 1) {
    left /= 1000;
    unit++;
  }
  return (n < 0 ? '−' : '') + (unit && left < 100 ? ONE : WHOLE).format(left) + '\u00a0' + DECIMAL[unit];
}

export function gib(n) {
  return n === undefined || n === null ? '–' : ONE.format(n / 2 ** 30) + '\u00a0GiB';
}

export function count(n) {
  return n === undefined || n === null ? '–' : WHOLE.format(n);
}

export function parameters(n) {
  if (!n) return '–';
  return n >= 1e9 ? ONE.format(n / 1e9) + ' B' : WHOLE.format(n / 1e6) + ' M';
}

export function percent(part, whole) {
  return whole ? Math.min(100, Math.floor((100 * part) / whole)) : 0;
}

/** A length of time in one unit: 8 s, 3 min, 5 h, 12 d. */
export function span(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return s + '\u00a0s';
  if (s < 3600) return Math.round(s / 60) + '\u00a0min';
  if (s < 172800) return Math.round(s / 3600) + '\u00a0h';
  return Math.round(s / 86400) + '\u00a0d';
}

export function age(at) {
  const time = typeof at === 'number' ? at : Date.parse(at);
  return Number.isNaN(time) ? '–' : span((Date.now() - time) / 1000);
}

const CLOCK = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

export function clock(at) {
  return CLOCK.format(new Date(at));
}

export function day(at) {
  return at ? DAY.format(new Date(at)) : '–';
}

export function short(commit) {
  return commit ? commit.slice(0, 7) : '–';
}
