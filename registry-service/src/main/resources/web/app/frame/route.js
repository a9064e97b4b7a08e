/** The address is the state: path and query. Links inside the console change it without a reload. */
let changed = () => {};

export const route = { path: [], query: new URLSearchParams() };

function read() {
  route.path = location.pathname.split('/').filter(Boolean).map(decoded);
  route.query = new URLSearchParams(location.search);
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function startRouting(onChange) {
  changed = onChange;
  read();
  addEventListener('popstate', () => {
    read();
    changed({ moved: true });
  });
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.origin !== location.origin || link.target || 'outside' in link.dataset || link.hash) return;
    event.preventDefault();
    go(link.pathname + link.search, { replace: 'replace' in link.dataset });
  });
}

/** Goes to an address; with `replace` the page stays the same and neither history nor focus move. */
export function go(address, { replace = false } = {}) {
  const before = location.pathname;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  read();
  changed({ moved: !replace || before !== location.pathname });
}

/** The address with other query values; empty ones are left out. */
export function withQuery(values, path = location.pathname) {
  const next = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return path + (text ? '?' + text : '');
}

export function setQuery(values) {
  go(withQuery(values), { replace: true });
}

export const link = {
  model: (name, tab) => `/models/${encodeURIComponent(name)}${tab ? '?tab=' + tab : ''}`,
  compare: (name, from, to) => `/models/${encodeURIComponent(name)}/compare?` + new URLSearchParams({ from, to }),
  request: (id) => `/events?request=${encodeURIComponent(id)}`,
};
