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
    ${decision?.state === 'placed' ? decision.replicas.map((one) => section(`vLLM · ${one.host}/${one.gpus.map((gpu) => gpu.id).join('+')}`, copyable(vllm(one)))) : nothing}
    ${section('Python', copyable(python(it, decision, where)))}
    ${decision?.state === 'placed' ? section('Docker Compose', copyable(`scripts/manage-ai-models.sh explain ${it.model} --compose`)) : nothing}`;
}

function placed(it) {
  return html`<p>${stateWord(it.state)}</p><p>${it.reason}</p>
    ${(it.changesThatWouldFit || []).length ? html`<h3>${t('serve.changes')}</h3><ul class="rows">${it.changesThatWouldFit.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
    ${(it.replicas || []).map((one) => html`<p class="sub">${one.host} · ${t('gpu.load', { users: one.users, context: one.contextTokens, variant: one.quantization || one.dtype })} ·
      ${one.gpus.map((gpu) => `${gpu.id}: ${gib(gpu.weightsBytes + gpu.kvBytes + gpu.overheadBytes)}`).join(', ')}</p>`)}`;
}

function vllm(replica) {
  const env = Object.entries(replica.engine.env).map(([name, value]) => `${name}=${plain(value)}`).join(' \\\n');
  return `${env} \\\nvllm serve ${replica.engine.args.map(plain).join(' \\\n  ')}`;
}

function plain(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text);
}

function python(it, decision, where) {
  const tree = decision?.replicas?.[0]?.engine?.args?.[0];
  const path = tree ? JSON.stringify(tree) : `os.path.join(os.environ["MODELS_DIR"], ${JSON.stringify(where?.path || it.current.path)})`;
  return `${tree ? '' : 'import os\n'}from transformers import AutoModelForCausalLM, AutoTokenizer\n\npath = ${path}\ntokenizer = AutoTokenizer.from_pretrained(path)\nmodel = AutoModelForCausalLM.from_pretrained(path, torch_dtype="auto")`;
}
