import { keep, kept } from '../data/browser.js';

/** The language of the console: what was chosen in this browser, else the first of the browser's own that is here, else English. */
const KEY = 'language';
const LOCALES = { en: 'en-GB', de: 'de-DE' };

/** What can be chosen, each in its own words. */
export const LANGUAGES = [['en', 'English'], ['de', 'Deutsch']];

const known = Object.keys(LOCALES);

export const language = kept(KEY, known) || (navigator.languages || []).map((it) => it.slice(0, 2).toLowerCase()).find((it) => known.includes(it)) || 'en';

/** How numbers and times are written in it. */
export const locale = LOCALES[language];

/** Chooses another one. The page begins again in it, at the same address. */
export function speak(chosen) {
  keep(KEY, chosen);
  location.reload();
}
