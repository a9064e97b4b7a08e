import { html, nothing } from 'lit-html';
import { start } from '../actions/actions.js';
import { use } from '../data/store.js';
import { gib } from '../parts/format.js';
import { copyable, empty, section, stateWord } from '../parts/parts.js';
import { quoted } from '../actions/shared.js';
import { t } from '../words/words.js';

/** Where it is placed, and what to paste to serve it there: the real path, environment and flags. */
export function serveTab(it, path) {
  if (!it.current) return section(t('tab.serve'), empty(t('versions.none'), t('versions.none.say'), 'download ' + it.model));
  const decision = use('/placements').value?.items.find((one) => one.model === it.model);
  const where = use(path + '/path').value;
  return html`${section(t('serve.placed'), decision ? placed(decision) : html`<p class="nothing">${it.placement ? t('serve.waiting') : t('serve.unasked')}</p>
      ${it.placement ? nothing : html`<p class="buttons"><button type="button" @click=${() => start('place', { model: it.model })}>${t('action.place')}…</button></p>`}`)}
    ${decision?.state === 'placed' ? decision.replicas.map((one) => html`${section(`vLLM · ${gpusOf(one)}`, copyable(vllm(one)))}
      ${one.engine.files?.length ? section(`Triton · ${gpusOf(one)}`, triton(one, decision), serverOf(one, decision)) : nothing}`) : nothing}
    ${section('Python', copyable(python(it, decision, where)))}
    ${decision?.state === 'placed' ? section('Docker Compose', copyable(`scripts/manage-ai-models.sh explain ${it.model} --compose`)) : nothing}`;
}

function placed(it) {
  return html`<p>${stateWord(it.state)}</p><p>${it.reason}</p>
    ${(it.changesThatWouldFit || []).length ? html`<h3>${t('serve.changes')}</h3><ul class="rows">${it.changesThatWouldFit.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
    ${(it.replicas || []).map((one) => html`<p class="sub">${one.host} · ${t('gpu.load', { users: one.users, context: one.contextTokens, variant: one.quantization || one.dtype })} ·
      ${one.gpus.map((gpu) => `${gpu.id}: ${gib(gpu.weightsBytes + gpu.kvBytes + gpu.overheadBytes)}`).join(', ')}</p>`)}`;
}

const idsOf = (replica) => replica.gpus.map((gpu) => gpu.id).join('+');
const gpusOf = (replica) => `${replica.host}/${idsOf(replica)}`;

function environment(replica) {
  return Object.entries(replica.engine.env).map(([name, value]) => `${name}=${plain(value)}`).join(' \\\n');
}

/** The repository that the downloader keeps on the volume for these GPUs, a server for it, and what is in it. */
function triton(replica, decision) {
  const repository = `engines/triton/${replica.host}/${idsOf(replica).replaceAll('/', '-')}`;
  return html`<div class="stack"><p class="quiet-text">${t('serve.triton', { path: repository })}</p>
    ${copyable(`${environment(replica)} \\\ntritonserver --model-control-mode=explicit --load-model=${decision.model} \\\n  --model-repository="$MODELS_DIR"/${repository}`)}
    ${replica.engine.files.map((one) => html`<details class="ways"><summary><code>${repository}/${one.path}</code></summary>${copyable(one.content)}</details>`)}</div>`;
}

/** What became of it at the server there, where one was told. */
function serverOf(replica, decision) {
  const server = (decision.servers || []).find((it) => it.host === replica.host && it.gpus === idsOf(replica));
  return server ? html`<span>${stateWord(server.state)} <span class="quiet-text" lang="en">${server.detail || nothing}</span></span>` : nothing;
}

function vllm(replica) {
  return `${environment(replica)} \\\nvllm serve ${replica.engine.args.map(plain).join(' \\\n  ')}`;
}

function plain(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text);
}

function python(it, decision, where) {
  const tree = decision?.replicas?.[0]?.engine?.args?.[0];
  const path = tree ? JSON.stringify(tree) : `os.path.join(os.environ["MODELS_DIR"], ${JSON.stringify(where?.path || it.current.path)})`;
  return `${tree ? '' : 'import os\n'}from transformers import AutoModelForCausalLM, AutoTokenizer\n\npath = ${path}\ntokenizer = AutoTokenizer.from_pretrained(path)\nmodel = AutoModelForCausalLM.from_pretrained(path, torch_dtype="auto")`;
}
