import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { start } from '../actions/actions.js';
import { canGoAgain, goAgain, isDeadLetter, topicOf } from '../actions/again.js';
import { use } from '../data/store.js';
import { pause, tail } from '../data/tail.js';
import { route, setQuery } from '../frame/route.js';
import { clock, day, span } from '../parts/format.js';
import { copyable, empty, section, shown, stateWord } from '../parts/parts.js';
import { eventSentence, sentence } from '../words/sentences.js';
import { t } from '../words/words.js';

const QUIET = 'service-reported';

/** What just happened on the topics? */
export function eventsPage() {
  const request = route.query.get('request') || '';
  const text = (route.query.get('q') || '').toLowerCase();
  const topic = route.query.get('topic') || '';
  const rows = tail.rows.filter((it) => fits(it, { request, text, topic }));
  return html`
    <div class="page-head"><div><h1 tabindex="-1">${t('place.events')}</h1><p>${t('events.say', { n: tail.rows.length })}</p></div>
      <div class="buttons"><button type="button" aria-pressed=${tail.paused ? 'true' : 'false'} @click=${() => { pause(!tail.paused); setQuery({}); }}>
        ${tail.paused ? t('events.go', { n: tail.waiting }) : t('events.pause')}</button></div></div>
    <div class="filters">
      <input type="search" data-filter aria-label=${t('filter.events')} placeholder=${t('filter.events')} .value=${text} @input=${(e) => setQuery({ q: e.target.value })}>
      <input type="search" aria-label=${t('filter.request')} placeholder=${t('filter.request')} .value=${request} @change=${(e) => setQuery({ request: e.target.value.trim() })}>
      <div class="filters">${topics().map(([name, n]) => html`<button type="button" class="pill ${isDeadLetter(name) ? 'dead' : ''}" aria-pressed=${name === topic ? 'true' : 'false'} @click=${() => setQuery({ topic: name === topic ? '' : name })}>${name} ${n}</button>`)}</div>
    </div>
    ${request ? section(html`${t('events.follow')} <code>${request}</code>`, chain(request)) : nothing}
    <section class="panel">${rows.length ? repeat(rows.slice(0, 200), (it) => it.number, row) : empty(t('events.none'), t('events.none.say'), 'events')}</section>`;
}

function topics() {
  const counts = new Map();
  tail.rows.forEach((it) => counts.set(it.topic, (counts.get(it.topic) || 0) + 1));
  return [...counts].sort(([a], [b]) => isDeadLetter(b) - isDeadLetter(a) || a.localeCompare(b));
}

/** Heartbeats are shown to those who ask for them. */
function fits(it, { request, text, topic }) {
  if (topic ? it.topic !== topic : it.topic === QUIET && !text) return false;
  if (request && !ids(it.data).includes(request)) return false;
  return !text || `${it.topic} ${JSON.stringify(it.data)}`.toLowerCase().includes(text);
}

function ids(data) {
  return data && typeof data === 'object' ? [data.requestId, ...(data.requestIds || [])] : [];
}

function row(it) {
  const id = ids(it.data).find(Boolean);
  return html`<details class="event ${isDeadLetter(it.topic) ? 'dead' : ''}" data-topic=${it.topic}><summary><time>${clock(it.at)}</time><span class="topic">${it.topic}</span><span><bdi>${eventSentence(it)}</bdi></span></summary>
    <div class="payload">${isDeadLetter(it.topic) ? html`<p>${t('events.dead')}</p>${copyable(letters(it.topic))}` : nothing}${copyable(JSON.stringify(it.data, null, 2))}
      <p class="buttons">${canGoAgain(it) ? html`<button type="button" @click=${() => goAgain(it)}>${t('action.again')}…</button>` : nothing}
        <a href="/schemas/${topicOf(it.topic)}.json" data-outside>${t('events.schema')}</a>${id ? html`<a href="/events?request=${encodeURIComponent(id)}">${t('events.follow')} ${id}</a>` : nothing}</p></div></details>`;
}

/** Reads the headers too, which say why; the stream of this page has the payload alone. */
function letters(topic) {
  return `scripts/kafka-console-consumer.sh --bootstrap-server localhost:9092 --topic ${topic} --from-beginning --property print.headers=true`;
}

/** From the request to its end: what the audit trail keeps and what this browser heard, in order, with the time between. */
function chain(request) {
  const audit = use('/audit?limit=500');
  const job = use('/downloads?limit=100').value?.items.find((it) => it.id === request);
  return shown(audit, (page) => {
    const kept = page.items.filter((it) => it.detail?.requestId === request || it.detail?.payload?.requestId === request).map((it) => ({ at: Date.parse(it.at), say: sentence(it), from: t('from.audit') }));
    const heard = tail.rows.filter((it) => ids(it.data).includes(request)).map((it) => ({ at: it.at, say: eventSentence(it), from: it.topic }));
    const all = [...kept, ...heard].sort((a, b) => a.at - b.at);
    if (!all.length && !job) return html`<p class="nothing">${t('events.follow.none')}</p>`;
    return html`${job ? html`<p>${stateWord(job.state)} <bdi>${job.model}</bdi> ${job.final ? nothing : html`<button type="button" @click=${() => start('cancel', { id: request, model: job.model })}>${t('cancel')}</button>`}</p>` : nothing}
      <ol class="timeline">${all.map((it, i) => html`<li><span class="line"><span><bdi>${it.say}</bdi></span><span class="quiet-text">${day(it.at)} ${i ? '+' + span((it.at - all[i - 1].at) / 1000) : nothing}</span></span><span class="sub">${it.from}</span></li>`)}</ol>`;
  });
}
