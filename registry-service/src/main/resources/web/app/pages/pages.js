import { html } from 'lit-html';
import { empty } from '../parts/parts.js';
import { t } from '../words/words.js';
import { link } from '../frame/route.js';
import { auditPage } from './audit.js';
import { comparePage } from './compare.js';
import { desiredPage } from './desired.js';
import { downloadsPage } from './downloads.js';
import { eventsPage } from './events.js';
import { gpusPage } from './gpus.js';
import { modelPage } from './model.js';
import { modelsPage } from './models.js';
import { notificationsPage } from './notifications.js';
import { overviewPage } from './overview.js';
import { storagePage } from './storage.js';

const PAGES = { models: modelsPage, downloads: downloadsPage, gpus: gpusPage, storage: storagePage, desired: desiredPage, events: eventsPage, notifications: notificationsPage, audit: auditPage };

/** The page of an address: {title, crumbs, view()}. */
export function pageFor({ path }) {
  const [place, name, part] = path;
  if (!place) return page('overview', overviewPage);
  if (place === 'models' && name) {
    const crumbs = [{ href: '/models', say: t('place.models') }, { href: link.model(name), say: name }];
    if (part === 'compare') return { title: t('compare.title', { name }), crumbs, view: () => comparePage(name) };
    return { title: name, crumbs: crumbs.slice(0, 1), view: () => modelPage(name) };
  }
  return PAGES[place] ? page(place, PAGES[place]) : { title: t('lost'), view: lost };
}

function page(name, view) {
  return { title: t('place.' + name), view };
}

function lost() {
  return html`<h1 tabindex="-1">${t('lost')}</h1>${empty(t('lost'), html`<a href="/">${t('place.overview')}</a>`)}`;
}
