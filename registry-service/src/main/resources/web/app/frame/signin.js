import { html, nothing } from 'lit-html';
import { session, signIn } from '../data/session.js';
import { problem } from '../parts/parts.js';
import { t } from '../words/words.js';

/** Instead of a page, where nobody is known. */
export function signInView() {
  return html`<section class="card signin">
    <h1 tabindex="-1">${t('signin.title')}</h1>
    <p>${t('signin.say')}</p>
    ${session.why ? problem(session.why) : nothing}
    ${session.who?.issuer
      ? html`<p class="buttons"><a class="button primary" data-outside href="/api/v1/session/sign-in?to=${encodeURIComponent(location.pathname + location.search)}">${t('signin.issuer', { issuer: session.who.issuer })}</a></p>`
      : nothing}
    <form @submit=${submit}>
      <label>${t('signin.token')}
        <input name="token" type="password" autocomplete="current-password" required spellcheck="false"></label>
      <p class="buttons"><button type="submit" class=${session.who?.issuer ? '' : 'primary'} ?disabled=${session.busy}>${t('signin.go')}</button></p>
    </form>
    <p class="quiet">${t('signin.make')} <code>scripts/manage-ai-models.sh token claim --role operator --name me</code></p>
  </section>`;
}

function submit(event) {
  event.preventDefault();
  const field = event.target.elements.token;
  const token = field.value.trim();
  field.value = '';
  signIn(token);
}
