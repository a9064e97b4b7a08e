/**
 * The topics, live. A stream that ends, or says nothing for longer than two pings, is opened again with the cursor of
 * the last thing heard, so nothing is missed and nothing is heard twice. Says in `state` how it is:
 * `connecting`, `live`, `reconnecting` (the registry is away), `no-broker` (the registry is there, Kafka is not).
 */
const SILENCE_MS = 35_000;
const PAUSES_MS = [250, 1000, 2000, 5000];

export const live = { state: 'connecting', heardAt: 0, events: 0, reconnects: 0 };

let cursor = '';
let told = () => {};
let changed = () => {};

/** Begins; `onEvent` gets {topic, data, at}, `onState` hears every change of state, `onOpen` every new connection. */
export function follow({ onEvent, onState, onOpen }) {
  told = onEvent;
  changed = (state) => {
    if (live.state !== state) {
      live.state = state;
      onState(state);
    }
  };
  go(onOpen);
}

async function go(onOpen) {
  for (let failures = 0; ; ) {
    const before = live.heardAt;
    try {
      await one(onOpen);
    } catch {
      // An ended stream and a refused connection are the same here: come back.
    }
    failures = live.heardAt > before ? 0 : failures + 1;
    if (live.state !== 'no-broker') changed('reconnecting');
    live.reconnects++;
    await new Promise((done) => setTimeout(done, PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]));
  }
}

async function one(onOpen) {
  const running = new AbortController();
  let alarm = setTimeout(() => running.abort(), SILENCE_MS);
  try {
    const answer = await fetch('/api/v1/events', {
      headers: { Accept: 'text/event-stream', ...(cursor ? { 'Last-Event-ID': cursor } : {}) },
      signal: running.signal,
      cache: 'no-store',
    });
    if (!answer.ok) {
      // A cursor of another life of the topics is forgotten: what is shown is asked for again anyway.
      if (answer.status === 400) cursor = '';
      throw new Error(String(answer.status));
    }
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(alarm);
      alarm = setTimeout(() => running.abort(), SILENCE_MS);
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop();
      blocks.forEach((block) => take(block, onOpen));
    }
  } finally {
    clearTimeout(alarm);
    running.abort();
  }
}

/** One block of the stream, as the standard for server-sent events has it. */
function take(block, onOpen) {
  const data = [];
  let topic = '';
  let comment = '';
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === '') comment = text;
    else if (name === 'data') data.push(text);
    else if (name === 'event') topic = text;
    else if (name === 'id') cursor = text;
  }
  if (comment.includes('does not answer')) {
    changed('no-broker');
    return;
  }
  live.heardAt = Date.now();
  if (comment === 'connected') onOpen();
  changed('live');
  if (topic && data.length) {
    live.events++;
    told({ topic, data: parsed(data.join('\n')), at: Date.now(), number: live.events });
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
