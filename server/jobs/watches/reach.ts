import type { Geometry } from 'geojson';
import { type Bbox, parseBbox } from '../../core/bbox.ts';
import type { Catalogue, PublishedLayer } from '../../core/catalogue.ts';
import { checkFilter } from '../../core/cql2/check.ts';
import { parseJsonFilter } from '../../core/cql2/parse-json.ts';
import { parseFilter } from '../../core/cql2/parse-text.ts';
import { InvalidFilter } from '../../core/errors.ts';
import { parseDatetime } from '../../core/interval.ts';
import { adminQuery, drawnQuery, featureQuery, type PlaceRow } from '../../query/analysis/place.ts';
import type { Access, Filter } from '../../query/filter.ts';
import type { Run } from '../../query/sql.ts';
import type { Near } from '../../query/watch-reach.ts';

/** Which records a watched question is about, as far as its inputs say so in general: by what every process takes. */
export interface Reach {
  readonly bbox: readonly Bbox[] | undefined;
  readonly place: Geometry | undefined;
  readonly near: Near | undefined;
  /** Whether the question names a place that is not known here: then records of the whole collection are told. */
  readonly isWhole: boolean;
}

type Inputs = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Inputs =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const EVERYWHERE: Reach = { bbox: undefined, place: undefined, near: undefined, isWhole: false };
const UNKNOWN: Reach = { ...EVERYWHERE, isWhole: true };

/** The shape of a place by its collection and item, as drawn, or by the name of a unit; undefined when there is none. */
async function shapeOf(run: Run, catalogue: Catalogue, place: Inputs, access: Access): Promise<Geometry | undefined> {
  const first = async (query: Parameters<Run>[0]) => {
    const [row] = await run<PlaceRow>(query);
    return row && (JSON.parse(row.geojson) as Geometry);
  };
  const { collection, item, geometry, admin } = place;
  if (isObject(geometry)) return first(drawnQuery(geometry));
  if (typeof collection === 'string' && (typeof item === 'number' || typeof item === 'string')) {
    const layer = catalogue.layers.find(({ id }) => id === collection);
    return layer && first(featureQuery(layer, { access }, item));
  }
  if (typeof admin !== 'string') return undefined;
  for (const layer of catalogue.layers.filter(
    ({ role, geometry }) => role === 'boundaries' && geometry === 'polygon',
  )) {
    const found = await first(adminQuery(layer, { access }, admin));
    if (found) return found;
  }
  return undefined;
}

/** Where a question is about: within a distance of its line, or in its place. */
export async function findReach(run: Run, catalogue: Catalogue, inputs: Inputs, access: Access): Promise<Reach> {
  const { line, place, within_km: withinKm } = inputs;
  if (isObject(line)) {
    const geometry = await shapeOf(run, catalogue, line, access);
    const isNear = geometry !== undefined && typeof withinKm === 'number';
    return isNear ? { ...EVERYWHERE, near: { geometry, metres: withinKm * 1_000 } } : UNKNOWN;
  }
  if (!isObject(place)) return EVERYWHERE;
  if (Array.isArray(place.bbox)) return { ...EVERYWHERE, bbox: parseBbox(place.bbox.join(',')) };
  const shape = await shapeOf(run, catalogue, place, access);
  return shape ? { ...EVERYWHERE, place: shape } : UNKNOWN;
}

/** What the inputs say of one collection beside its name, wherever they name it. */
function ownOf(inputs: Inputs, collection: string): Inputs {
  const named = Object.values(inputs)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .find((value) => isObject(value) && value.collection === collection && value.item === undefined);
  return isObject(named) ? named : {};
}

function expressionOf(written: unknown, layer: PublishedLayer): Filter['expression'] {
  if (written === undefined) return undefined;
  try {
    const parsed = typeof written === 'string' ? parseFilter(written) : parseJsonFilter(JSON.stringify(written));
    return checkFilter(parsed, layer);
  } catch (error) {
    // The filter of the whole question is about fields that this collection does not have.
    if (error instanceof InvalidFilter) return undefined;
    throw error;
  }
}

/** The records of a collection, in one of its versions, that the question is about. */
export function filterIn(layer: PublishedLayer, inputs: Inputs, { bbox, place }: Reach, access: Access): Filter {
  const own = { ...inputs, ...ownOf(inputs, layer.id) };
  const { datetime, max_precision_m: maxPrecisionM } = own;
  return {
    ...{ access, bbox, place, expression: expressionOf(own.filter, layer) },
    datetime: typeof datetime === 'string' ? parseDatetime(datetime) : undefined,
    maxPrecisionM: typeof maxPrecisionM === 'number' ? maxPrecisionM : undefined,
  };
}
