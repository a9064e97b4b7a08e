/** The last events that this browser heard, newest first. */
const MOST = 500;

export const tail = { rows: [], paused: false, waiting: 0 };
let held = [];

export function record(event) {
  if (tail.paused) {
    held = [event, ...held].slice(0, MOST);
    tail.waiting = held.length;
  } else {
    tail.rows = [event, ...tail.rows].slice(0, MOST);
  }
}

/** Pausing keeps what is shown; going on shows what came meanwhile. */
export function pause(on) {
  tail.paused = on;
  if (!on) {
    tail.rows = [...held, ...tail.rows].slice(0, MOST);
    held = [];
    tail.waiting = 0;
  }
}
