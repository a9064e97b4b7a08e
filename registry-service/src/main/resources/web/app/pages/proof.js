import { ask, query } from '../data/api.js';
import { toast } from '../frame/toast.js';
import { t } from '../words/words.js';

const FORMAT = 1;
const PAGE = 500;

/**
 * What is known of a version, as a file in the format of the command's `proof`, which checks it with no depot at hand. Its times
 * are those of the last reading of the bytes; the signature file itself is on the volume, where this page does not reach.
 */
export async function downloadProof(version) {
  try {
    const proof = {
      format: FORMAT, model: version.model, commit: version.commit, source: version.source, files: await files(version), scan: version.scan, signature: version.signature,
      upstreamSignature: version.upstreamSignature, verifiedAt: version.verifiedAt, madeAt: new Date().toISOString(),
    };
    save(`${version.model}-${version.commit.slice(0, 12)}.proof.json`, JSON.stringify(proof, null, 2) + '\n');
  } catch (problem) {
    toast(problem.message, { tone: 'bad' });
  }
}

async function files({ model, commit, location }) {
  const all = [];
  for (let cursor = ''; cursor !== undefined;) {
    const { value } = await ask('GET', `/models/${encodeURIComponent(model)}/versions/${commit}/files` + query({ location, limit: PAGE, cursor }));
    all.push(...value.items);
    cursor = value.next;
  }
  const present = all.filter((one) => one.present !== false && one.sha256);
  if (!present.length) throw new Error(t('proof.none'));
  return present.map(({ path, sizeBytes, sha256 }) => ({ path, sizeBytes, sha256 }));
}

function save(name, text) {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  anchor.download = name;
  anchor.dataset.outside = '';
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
}
