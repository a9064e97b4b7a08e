/** What the registry refuses, or cannot be asked: always with a code, words and what helps. */
export class Problem extends Error {
  constructor(fields) {
    super(fields.detail || fields.title);
    Object.assign(this, { remedies: [], errors: [] }, fields);
  }
}

const ROOT = '/api/v1';

let unknown = () => {};
let signIns = 0;

/** `callback` hears when the registry does not know who asks. */
export function onUnknown(callback) {
  unknown = callback;
}

/** To be called after a sign-in: a refusal that is still on its way was meant for who nobody knew. */
export function onceKnown() {
  signIns++;
}

/** One request; `path` is below /api/v1. A body with a `type` goes as it is, one without as JSON. Answers {value, etag}; throws a Problem. */
export async function ask(method, path, { body, type, headers = {}, signal } = {}) {
  const before = signIns;
  const answer = await reach(method, path, {
    method,
    signal,
    headers: { Accept: 'application/json', ...bodyType(method, body, type), ...headers },
    body: body === undefined || type ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  const value = text && isJson(answer) ? JSON.parse(text) : text;
  if (answer.status === 401 && value?.code === 'token-required' && path !== '/session' && before === signIns) unknown();
  if (!answer.ok) {
    throw new Problem(
      typeof value === 'object' && value
        ? value
        : { code: 'unreachable', title: answer.statusText, status: answer.status, detail: text.slice(0, 200) },
    );
  }
  return { value, etag: answer.headers.get('ETag'), status: answer.status };
}

async function reach(method, path, options) {
  try {
    return await fetch(ROOT + path, options);
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Problem({
      code: 'unreachable',
      title: 'The registry does not answer',
      detail: `${method} ${path}: nobody answered.`,
      remedies: [{ say: 'See whether it runs', cli: 'status' }],
    });
  }
}

function isJson(answer) {
  return /json/.test(answer.headers.get('Content-Type') || '');
}

function bodyType(method, body, type) {
  if (body === undefined) return {};
  return { 'Content-Type': type ? type : method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' };
}

/** An id for a command: the same click asked twice is done once. */
export function newRequestId() {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return 'c-' + [...bytes].map((b) => (b % 36).toString(36)).join('') + Date.now().toString(36);
}

/** A query string of what is given; nothing for nothing. */
export function query(values) {
  const given = Object.entries(values).filter(([, v]) => v !== undefined && v !== null && v !== '');
  return given.length ? '?' + new URLSearchParams(given) : '';
}
