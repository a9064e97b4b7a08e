/** What this browser keeps of somebody's choices. One that keeps nothing chooses anew with every page. */
const PREFIX = 'model-depot.';

/** What was kept under a name, if it is one of these values. */
export function kept(name, values) {
  try {
    const value = localStorage.getItem(PREFIX + name);
    return values.includes(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // It is shown all the same.
  }
}
