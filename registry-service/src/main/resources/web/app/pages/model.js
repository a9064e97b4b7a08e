import { html, nothing } from 'lit-html';
import { start } from '../actions/actions.js';
import { use } from '../data/store.js';
import { link, route, withQuery } from '../frame/route.js';
import { age, bytes, count, day, gib, parameters, short } from '../parts/format.js';
import { copyable, empty, facts, section, shown, stateWord, table, tabs, word } from '../parts/parts.js';
import { eventSentence, sentence } from '../words/sentences.js';
import { t, term } from '../words/words.js';
import { tail } from '../data/tail.js';
import { damage } from './damage.js';
import { fitTab } from './fit.js';
import { downloadProof } from './proof.js';
import { serveTab } from './serve.js';

const TABS = { serve: serveTab, fit: fitTab, versions, files, use: usage, provenance, history };

/** May this one be served, and how? */
export function modelPage(name) {
  const path = '/models/' + encodeURIComponent(name);
  const entry = use(path);
  if (entry.value) return shown(entry, (it) => detail(it, path));
  return html`<h1 tabindex="-1"><bdi>${name}</bdi></h1>${shown(entry, () => nothing)}`;
}

function detail(it, path) {
  const chosen = TABS[route.query.get('tab')] ? route.query.get('tab') : 'serve';
  return html`
    <div class="page-head"><div><h1 tabindex="-1"><bdi>${it.model}</bdi></h1>
      <p>${stateWord(it.state)} · <bdi>${it.displayName}</bdi> · ${it.family} · ${it.licence || t('licence.none')} · <bdi>${it.repository}</bdi></p></div>
      <div class="buttons">${buttons(it)}</div></div>
    <section class="panel">${facts([
      [t('head.version'), it.current ? html`<code>${short(it.current.commit)}</code> ${it.pin ? t('pinned') : t('update.' + it.update)}` : t('none')],
      [t('head.size'), it.current ? bytes(it.current.sizeBytes) : undefined],
      [t('head.verified'), it.current ? html`${t('ago', { age: age(it.current.verifiedAt) })} <span class="quiet-text">${it.current.verifiedBy}</span>` : undefined],
      [t('model.architecture'), it.modelProfile?.architecture],
      [t('model.parameters'), parameters(it.modelProfile?.configParameters || it.modelProfile?.parameters)],
      [t('field.context'), it.modelProfile?.contextTokens ? t('tokens', { n: count(it.modelProfile.contextTokens) }) : undefined],
      [t('model.weights'), it.memory?.weightsBytes ? gib(it.memory.weightsBytes) : undefined],
      [t('model.asked'), it.placement ? t('asked.users', it.placement) : undefined],
    ])}</section>
    ${damage(it)}
    ${tabs(Object.keys(TABS).map((id) => [id, t('tab.' + id)]), chosen, (id) => withQuery({ tab: id === 'serve' ? '' : id }))}
    <div class="tab">${TABS[chosen](it, path)}</div>`;
}

function buttons(it) {
  const button = (id, values = {}) => html`<button type="button" @click=${() => start(id, { model: it.model, ...values })}>${t('action.' + id)}…</button>`;
  const asked = it.placement ? { users: it.placement.users, contextTokens: it.placement.contextTokens, gpu: it.placement.gpu } : {};
  if (!it.current) {
    return html`<button type="button" class="primary" @click=${() => start('download', { model: it.model })}>${t('action.download')}…</button>
      ${it.state === 'archived' ? button('unarchive') : nothing}`;
  }
  return html`${button('download')}${it.active ? button('deactivate') : button('activate')}${button('place', asked)}
    ${it.placement ? button('unplace') : nothing}${it.versions > 1 ? button('rollback') : nothing}${it.pin ? button('unpin') : button('pin', { commit: it.current.commit })}
    ${button('follow', { update: it.update })}${button('spread')}${button('verify')}${it.state === 'archived' ? button('unarchive') : button('archive')}${button('remove')}`;
}

function versions(it, path) {
  return section(t('tab.versions'), shown(use(path + '/versions'), (page) => {
    if (!page.items.length) return empty(t('versions.none'), t('versions.none.say'), 'download ' + it.model);
    const current = page.items.find((one) => one.current);
    return html`<ol class="timeline">${page.items.map((one) => html`<li class=${one.current ? 'now' : ''}>
      <span class="line"><span><code>${short(one.commit)}</code> ${stateWord(one.state)} ${one.current ? html`<strong>${t('current')}</strong>` : nothing}
        <span class="quiet-text">${one.location} · ${bytes(one.sizeBytes)} · ${t('files.n', { n: one.fileCount })}</span></span>
        <span class="buttons">${one.current ? html`<a href=${link.compare(it.model, 'current', 'upstream')}>${t('compare.upstream')}</a>`
          : html`<a href=${link.compare(it.model, current?.commit || 'current', one.commit)}>${t('compare.current')}</a>
            <button type="button" @click=${() => start('rollback', { model: it.model, commit: one.commit })}>${t('action.rollback')}…</button>`}</span></span>
      <span class="sub">${t('version.verified', { by: one.verifiedBy, at: day(one.verifiedAt) })} · ${one.source?.kind} <bdi>${one.source?.repository || ''}</bdi> ${one.source?.revision || ''}</span></li>`)}</ol>`;
  }));
}

function files(it, path) {
  if (!it.current) return section(t('tab.files'), empty(t('versions.none'), t('versions.none.say'), 'download ' + it.model));
  const heads = [t('head.path'), { say: t('head.size'), num: true }, 'sha256', t('head.verified')];
  return section(t('tab.files'), shown(use(`${path}/versions/${it.current.commit}/files?limit=500`), (page) => html`<div class="cards">${table(t('tab.files'), heads, page.items.map((one) => html`<tr>
    <td class="mono"><bdi>${one.path}</bdi>${/\.(bin|pt|pkl|pickle)$/.test(one.path) ? html` ${word('pickle', 'warn')}` : nothing}${/\.py$/.test(one.path) ? html` ${word(t('code'), 'warn')}` : nothing}</td>
    <td class="num" data-head=${t('head.size')}>${bytes(one.sizeBytes)}</td><td class="mono" data-head="sha256" title=${one.sha256 || ''}>${one.sha256 ? one.sha256.slice(0, 16) + '…' : '–'}</td><td data-head=${t('head.verified')}>${one.present === false ? word(t('missing'), 'bad') : one.verifiedBy}</td></tr>`))}</div>`));
}

function usage(it, path) {
  return section(t('tab.use'), shown(use(path + '/leases'), (page) => {
    const items = page.items || [];
    if (!items.length) return empty(t('use.none'), t('use.none.say'), 'path ' + it.model);
    return table(t('tab.use'), [t('head.holder'), t('head.version'), t('field.location'), t('head.until')], items.map((one) => html`<tr><td><bdi>${one.holder}</bdi></td>
      <td><code>${short(one.commit)}</code></td><td>${one.location}</td><td>${day(one.until)}</td></tr>`));
  }));
}

function provenance(it, path) {
  if (!it.current) return section(t('tab.provenance'), empty(t('versions.none'), t('versions.none.say'), 'download ' + it.model));
  return section(t('tab.provenance'), shown(use(`${path}/versions/${it.current.commit}`), (one) => html`${facts([
    [t('provenance.source'), one.source?.kind], [t('provenance.endpoint'), html`<bdi>${one.source?.endpoint || '–'}</bdi>`], [t('field.repository'), html`<bdi>${one.source?.repository || '–'}</bdi>`],
    [t('field.revision'), one.source?.revision], [t('field.commit'), html`<code>${one.commit}</code>`], [t('head.licence'), one.source?.licence || it.licence],
    [t('provenance.gated'), t(one.source?.gated ? 'yes' : 'no')], [t('head.verified'), `${one.verifiedBy}, ${day(one.verifiedAt)}`],
    [t('provenance.signature'), one.signature ? word(term('state', one.signature.status), one.signature.status === 'valid' ? 'good' : one.signature.status === 'none' ? 'quiet' : 'bad') : undefined],
    [t('provenance.upstream'), one.upstreamSignature ? html`${word(term('state', one.upstreamSignature.status), { valid: 'good', none: 'quiet', invalid: 'bad' }[one.upstreamSignature.status] || 'warn')}
      ${one.upstreamSignature.signer ? html` <code title=${one.upstreamSignature.signer}>${short(one.upstreamSignature.signer)}</code>` : nothing}
      <span class="quiet-text"><bdi>${[one.upstreamSignature.method, one.upstreamSignature.why].filter(Boolean).join(': ')}</bdi></span>` : undefined],
    [t('provenance.scan'), one.scan ? word(term('state', one.scan.status), { clean: 'good', warned: 'warn', refused: 'bad' }[one.scan.status] || 'quiet') : undefined],
    [t('head.path'), html`<code>${one.path}</code>`],
  ])}${(one.scan?.findings || []).map((finding) => html`<p><bdi>${typeof finding === 'string' ? finding : JSON.stringify(finding)}</bdi></p>`)}
  <div class="stack foot"><p class="quiet-text">${t('proof.say')}</p><div class="buttons"><button type="button" @click=${() => downloadProof(one)}>${t('proof.take')}</button></div>
  ${copyable(`scripts/manage-ai-models.sh proof ${it.model} --out ${it.model}.proof.json`)}</div>`));
}

function history(it) {
  const heard = tail.rows.filter((one) => one.data?.model === it.model).slice(0, 8);
  return html`${heard.length ? section(t('history.live'), html`<ol class="changes">${heard.map((one) => html`<li><span><span class="topic">${one.topic}</span> <bdi>${eventSentence(one)}</bdi></span>
      <time>${t('ago', { age: age(one.at) })}</time></li>`)}</ol>`) : nothing}
    ${section(t('history.audit'), shown(use('/audit?limit=100&object=' + encodeURIComponent('model/' + it.model)), (page) => page.items.length
      ? html`<ol class="changes">${page.items.map((one) => html`<li><span><bdi>${sentence(one)}</bdi></span><time datetime=${one.at}>${day(one.at)}</time></li>`)}</ol>`
      : html`<p class="nothing">${t('changes.none')}</p>`))}`;
}
