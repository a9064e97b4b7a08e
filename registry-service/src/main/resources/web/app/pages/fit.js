import { html, nothing } from 'lit-html';
import { query } from '../data/api.js';
import { use } from '../data/store.js';
import { route, setQuery } from '../frame/route.js';
import { count, gib } from '../parts/format.js';
import { bar, empty, legend, section, shown, table, word } from '../parts/parts.js';
import { t } from '../words/words.js';

const USERS = [1, 2, 4, 8, 16, 32, 64, 128];

/** For how many users at which context it fits, on each GPU; a number to beat is never hidden in a colour. */
export function fitTab(it) {
  const users = route.query.get('users') || it.placement?.users || 1;
  const context = route.query.get('context') || it.placement?.contextTokens || '';
  const variant = route.query.get('variant') || '';
  const fit = use('/fit' + query({ model: it.model, users, context, variant }));
  return html`<form class="filters" @submit=${(e) => e.preventDefault()}>
      <label>${t('field.users')} <input type="number" min="1" .value=${String(users)} @change=${(e) => setQuery({ users: e.target.value })}></label>
      <label>${t('field.context')} <input type="number" min="1" .value=${String(context)} @change=${(e) => setQuery({ context: e.target.value })}></label>
      <label>${t('field.variant')} <select @change=${(e) => setQuery({ variant: e.target.value })}>${['', 'fp16', 'bf16', 'fp8'].map((one) => html`<option value=${one} ?selected=${one === variant}>${one || t('as.stored')}</option>`)}</select></label>
    </form>
    ${shown(fit, (page) => page.items.length ? page.items.map(card) : empty(t('gpus.none'), t('gpus.none.say'), 'gpus'))}`;
}

function card(it) {
  const parts = [part('weights', it.weightsBytes), part('kv', it.kvBytes), part('engine', it.overheadBytes)];
  const needed = it.weightsBytes + it.kvBytes + it.overheadBytes;
  const whole = Math.max(needed, it.usableBytes);
  const contexts = Object.keys(it.usersByContext).map(Number);
  return section(`${it.host}/${it.gpu} · ${it.name}`, html`
    <p>${it.fits ? word(t('fit.yes', { users: it.users, context: count(it.contextTokens) }), 'good') : it.fitsWhenEmpty ? word(t('fit.empty', { short: gib(it.shortBytes) }), 'warn') : word(t('fit.no', { short: gib(it.shortBytes) }), 'bad')}
      <span class="quiet-text">${t('fit.say', { now: it.usersThatFit, empty: it.usersThatFitWhenEmpty, variant: it.variant })}</span></p>
    ${bar(parts, whole, t('fit.bar', { needed: gib(needed), usable: gib(it.usableBytes) }), { tick: needed > it.usableBytes ? it.usableBytes : undefined })}${legend(parts, gib)}
    ${contexts.length ? grid(it, contexts) : nothing}
    ${it.remarks.map((one) => html`<p class="sub">${one}</p>`)}`);
}

function grid(it, contexts) {
  return html`<h3 class="sub">${t('fit.grid')}</h3><div class="matrix">${table(t('fit.grid'), [t('field.context'), ...USERS.map((n) => ({ say: String(n), num: true }))],
    contexts.map((tokens) => html`<tr><th scope="row">${count(tokens)}</th>${USERS.map((n) => it.usersByContext[tokens] >= n ? html`<td class="yes">✓</td>` : html`<td class="no">–</td>`)}</tr>`))}</div>`;
}

function part(kind, n) {
  return { kind, name: t('gpu.' + kind), bytes: n, say: `${t('gpu.' + kind)} ${gib(n)}` };
}
