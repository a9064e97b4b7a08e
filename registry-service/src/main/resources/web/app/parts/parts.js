import { html, nothing, svg } from 'lit-html';
import { t, term } from '../words/words.js';
import { age, bytes, percent } from './format.js';

/** A word with a mark: the mark is never the only sign. */
export function word(text, tone = 'quiet') {
  return html`<span class="word ${tone}"><span class="dot" aria-hidden="true"></span>${text}</span>`;
}

const TONES = {
  active: 'good', present: 'good', done: 'good', ready: 'good', placed: 'good', intact: 'good', delivered: 'good', planned: 'info',
  downloading: 'info', transferring: 'info', resolving: 'info', checking: 'info', publishing: 'info', announcing: 'info',
  requested: 'info', accepted: 'info', running: 'info', waiting: 'warn', joined: 'info', archived: 'quiet', absent: 'quiet',
  cancelled: 'quiet', unplaced: 'warn', drained: 'warn', degraded: 'warn', starting: 'warn', stopped: 'bad', unusable: 'bad', stopping: 'warn', orphan: 'warn',
  expired: 'bad', failed: 'bad', damaged: 'bad', lost: 'bad', 'given-up': 'bad',
};

export function stateWord(state) {
  return word(term('state', state), TONES[state] || 'quiet');
}

/** What stands where nothing is: what it would be, and the ways to fill it. */
export function empty(title, say, cli) {
  return html`<div class="empty"><p class="empty-title">${title}</p><p>${say}</p>${cli ? command(cli) : nothing}</div>`;
}

/** A command to copy. */
export function command(line) {
  return copyable(`scripts/manage-ai-models.sh ${line}`);
}

export function copyable(text) {
  return html`<div class="code"><pre tabindex="0"><code>${text}</code></pre>
    <button type="button" class="plain copy" @click=${(e) => copy(text, e.currentTarget)}>${t('copy')}</button></div>`;
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const range = document.createRange();
    range.selectNodeContents(button.parentElement.querySelector('code'));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }
  button.textContent = t('copied');
  setTimeout(() => { button.textContent = t('copy'); }, 1500);
}

/** Loading, error or the thing itself; the last state stays beside a problem, with its age. */
export function shown(entry, view) {
  if (entry.value !== undefined) {
    return html`${entry.problem ? stale(entry) : nothing}${view(entry.value)}`;
  }
  if (entry.problem) return problem(entry.problem);
  return html`<div class="loading" role="status"><span class="visually-hidden">${t('loading')}</span>
    <span class="bone"></span><span class="bone"></span><span class="bone"></span></div>`;
}

function stale(entry) {
  return html`<p class="stale">${t('stale', { age: age(entry.at) })} ${entry.problem.title}.</p>`;
}

/** A problem: what happened, with its code, and what helps. */
export function problem(it) {
  return html`<div class="problem" role="alert">
    <p class="problem-title">${it.title} <a class="code-link" href="/problems/${it.code}" data-outside>${it.code}</a></p>
    ${it.detail && it.detail !== it.title ? html`<p>${it.detail}</p>` : nothing}
    ${(it.errors || []).map((one) => html`<p><code>${one.pointer}</code> ${one.detail}</p>`)}
    ${remedies(it.remedies)}</div>`;
}

export function remedies(list) {
  if (!list || !list.length) return nothing;
  return html`<ul class="remedies">${list.map(
    (one) => html`<li>${one.say}${one.cli ? command(one.cli) : nothing}</li>`)}</ul>`;
}

/** A bar of parts {bytes, kind, say} of a whole; `of` says it in words for those who do not see it. */
export function bar(parts, whole, of, options = {}) {
  let x = 0;
  const pieces = parts.filter((part) => part.bytes > 0).map((part) => {
    const width = (100 * part.bytes) / (whole || 1);
    const piece = svg`<rect class="part-${part.kind}" x=${x} y="0" width=${Math.max(0, width)} height="10"><title>${part.say}</title></rect>`;
    x += width;
    return piece;
  });
  const tick = options.tick === undefined ? nothing
    : svg`<rect class="tick" x=${Math.min(99.4, (100 * options.tick) / whole)} y="0" width="0.6" height="10"></rect>`;
  return html`<svg class="bar ${options.size || ''}" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=${of}>
    ${pieces}${tick}</svg>`;
}

/** Names of the colours of a bar, with their amounts. */
export function legend(parts, format = bytes) {
  return html`<ul class="legend">${parts.filter((part) => part.bytes > 0).map((part) => html`<li>
    <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class="part-${part.kind}" width="10" height="10" rx="2"></rect></svg>
    ${part.name} <span class="num">${format(part.bytes)}</span></li>`)}</ul>`;
}

/** Progress of a download in two tones: what was here already, what was fetched. */
export function progressBar(it, name) {
  const whole = it.totalBytes || 0;
  const reused = Math.min(it.reusedBytes || 0, it.doneBytes || 0);
  const say = whole ? `${name}: ${percent(it.doneBytes, whole)} %` : `${name}: ${term('state', it.state)}`;
  return bar([
    { bytes: reused, kind: 'reused', say: t('download.reused', { bytes: bytes(reused) }) },
    { bytes: (it.doneBytes || 0) - reused, kind: 'fetched', say: t('download.fetched', { bytes: bytes(it.fetchedBytes) }) },
  ], whole, say);
}

/** Sections of a page that have a place in the address: ?tab=name. */
export function tabs(items, chosen, hrefOf) {
  return html`<nav class="tabs" aria-label=${t('tabs')}>${items.map(([id, label]) => html`<a
    href=${hrefOf(id)} data-replace aria-current=${id === chosen ? 'page' : nothing}>${label}</a>`)}</nav>`;
}

/** Facts in two columns; what is not known is left out. */
export function facts(pairs) {
  return html`<dl class="facts">${pairs.filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function section(title, body, aside = nothing) {
  return html`<section class="panel"><header><h2>${title}</h2>${aside}</header>${body}</section>`;
}

/** A table that may be scrolled by keys too. */
export function table(caption, heads, rows) {
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${caption}><table>
    <caption class="visually-hidden">${caption}</caption>
    <thead><tr>${heads.map((head) => html`<th scope="col" class=${head.num ? 'num' : ''}>${head.say ?? head}</th>`)}</tr></thead>
    <tbody>${rows}</tbody></table></div>`;
}
