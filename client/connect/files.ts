import { GEOJSON, lookAtPage } from './features.ts';
import { inspect, type Steps, type Subject, textOf } from './inspect.ts';

const PAGE = 10;
/** Enough to see what it is; the rest is not fetched. */
const BEGINNING = 20_000;

/** As a spreadsheet takes a table from an address. */
export async function* tableSteps(subject: Subject): Steps {
  const { base, layer, count } = subject;
  yield await inspect(
    subject,
    {
      ...{ name: 'table', address: `${base}/collections/${layer}/export?f=csv` },
      ...{ accept: 'text/csv', types: ['text/csv'], most: BEGINNING },
    },
    (answer, say) => {
      const [head = '', first = ''] = textOf(answer).split(/\r?\n/);
      if (!head.includes(',')) say.fail('noColumns');
      else if (count > 0 && first === '') say.fail('emptyTable', { count });
    },
  );
}

/** As a program takes what it needs from an address: a page, and the whole as one file. */
export async function* fileSteps(subject: Subject): Steps {
  const { base, layer, count } = subject;
  yield await inspect(
    subject,
    {
      ...{ name: 'items', address: `${base}/collections/${layer}/items?limit=${PAGE}` },
      ...{ accept: GEOJSON[0] ?? '', types: GEOJSON },
    },
    (answer, say) => void lookAtPage(answer, say, PAGE, count),
  );
  yield await inspect(
    subject,
    {
      ...{ name: 'wholeFile', address: `${base}/collections/${layer}/export?f=geojson` },
      ...{ accept: GEOJSON[0] ?? '', types: GEOJSON, most: BEGINNING },
    },
    (answer, say) => {
      if (!/^\s*\{/.test(textOf(answer)) || !textOf(answer).includes('"FeatureCollection"')) say.fail('noFeatures');
    },
  );
}
