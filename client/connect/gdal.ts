import { GEOJSON, JSON_TYPES, lookAtPage } from './features.ts';
import { inspect, jsonOf, linkIn, list, member, type Steps, type Subject } from './inspect.ts';

const PAGE = 10;
const FOLLOWED = ['application/geo+json', 'application/json'];

/** As the driver OAPIF of GDAL reads a layer: ogrinfo, ogr2ogr, and pyogrio with GeoPandas. */
export async function* gdalSteps(subject: Subject): Steps {
  const { base, layer, count } = subject;
  const items = `${base}/collections/${layer}/items`;
  yield await inspect(
    subject,
    { name: 'collections', address: `${base}/collections`, accept: JSON_TYPES[0] ?? '', types: JSON_TYPES },
    (answer, say) => {
      const found = list(member(jsonOf(answer), 'collections')).find((each) => member(each, 'id') === layer);
      if (found === undefined) say.fail('notListed', { layer });
      else if (!linkIn(found, 'items', GEOJSON)) say.fail('noLink', { rel: 'items', type: GEOJSON[0] ?? '' });
    },
  );
  let next: string | null = null;
  let shown: readonly unknown[] = [];
  let first: Readonly<Record<string, unknown>> = {};
  yield await inspect(
    subject,
    { name: 'firstPage', address: `${items}?limit=${PAGE}`, accept: GEOJSON[0] ?? '', types: FOLLOWED },
    (answer, say) => {
      const page = lookAtPage(answer, say, PAGE, count);
      shown = page.ids;
      first = page.first;
      if (!shown.every((id) => Number.isInteger(id))) say.doubt('textIds');
      next = linkIn(page.document, 'next', FOLLOWED)?.href ?? null;
      if (next === null && count > shown.length) say.fail('noNext', { count, shown: shown.length });
    },
  );
  if (next !== null) {
    yield await inspect(
      subject,
      { name: 'nextPage', address: next, accept: GEOJSON[0] ?? '', types: FOLLOWED },
      (answer, say) => {
        const { ids } = lookAtPage(answer, say, PAGE, count - shown.length);
        const again = ids.find((id) => shown.includes(id));
        if (again !== undefined) say.fail('repeated', { id: `${again}` });
      },
    );
  }
  const [field, value] = Object.entries(first).find(([, each]) => typeof each === 'string' && each !== '') ?? [];
  if (field !== undefined) {
    const query = `limit=1&${encodeURIComponent(field)}=${encodeURIComponent(String(value))}`;
    yield await inspect(
      subject,
      { name: 'filtered', address: `${items}?${query}`, accept: GEOJSON[0] ?? '', types: FOLLOWED },
      (answer, say) => {
        const { first: found } = lookAtPage(answer, say, 1, 1);
        if (found[field] !== value) say.fail('notFiltered', { field });
      },
    );
  }
  yield await inspect(
    subject,
    {
      ...{ name: 'boxed', address: `${items}?limit=1&bbox=-180,-90,180,90` },
      ...{ accept: GEOJSON[0] ?? '', types: FOLLOWED },
    },
    // Records without a position are outside of any box.
    (answer, say) => void lookAtPage(answer, say, 1, 0),
  );
}
