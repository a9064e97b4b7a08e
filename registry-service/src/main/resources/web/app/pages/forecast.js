import { use } from '../data/store.js';
import { bytes, span } from '../parts/format.js';
import { t } from '../words/words.js';

const DAY = 86_400_000;
const LEAST = DAY / 4;

/** When the disk is full if as much comes as came lately; from the downloads that the registry remembers. */
export function forecast(it) {
  const done = (use('/downloads?limit=100').value?.items || []).filter((one) => one.state === 'done' && one.fetchedBytes && one.finishedAt);
  if (!done.length) return undefined;
  const since = Math.min(...done.map((one) => Date.parse(one.finishedAt)));
  const window = Math.max(LEAST, Date.now() - since);
  const daily = (done.reduce((sum, one) => sum + one.fetchedBytes, 0) * DAY) / window;
  if (window <= LEAST) return t('forecast.young');
  return t('forecast', { daily: bytes(daily), over: span(window / 1000), full: span((it.freeBytes / daily) * (DAY / 1000)) });
}
