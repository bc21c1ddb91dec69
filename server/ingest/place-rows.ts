import type { Issue, Reading, SourceFeature, SourceLayer } from './feature.ts';
import { inferLocation } from './locate/infer-location.ts';
import { locate } from './locate/locate.ts';
import type { Location } from './locate/location.ts';
import type { BatchReading } from './record-batch.ts';
import type { Limits } from './source.ts';

/** So many rows are looked at before it is said which columns tell a position. */
const SAMPLE = 200;

/** What follows the beginning of a layer: `location` is what its rows are placed by, null where they have geometries. */
export type PlacedReading =
  | Exclude<Reading, { readonly type: 'feature' }>
  /** Records that have geometries, as far as they have a position. */
  | BatchReading
  | { readonly type: 'located'; readonly location: Location | null }
  | { readonly type: 'feature'; readonly feature: SourceFeature }
  /** A row whose position cannot be read. */
  | { readonly type: 'lost'; readonly feature: SourceFeature };

/** By which columns the rows of a layer of the file (from 0) are placed, as a person has said. */
export interface GivenLocation {
  readonly part: number;
  readonly location: Location;
}

/**
 * Gives the rows of tables their positions; what has a geometry of its own passes as it is. Holds 200 rows at most.
 * `given` goes before what the columns' names tell.
 */
export async function* placeRows(
  readings: AsyncIterable<Reading | BatchReading>,
  limits: Limits,
  given: GivenLocation | null = null,
): AsyncGenerator<PlacedReading> {
  let part = -1;
  let layer: SourceLayer | null = null;
  /** Until it is known which columns tell a position. */
  let sample: Reading[] | null = null;
  let location: Location | null = null;

  function* place(reading: Reading): Generator<PlacedReading> {
    if (reading.type !== 'feature' || location === null || reading.feature.geometry) {
      yield reading;
      return;
    }
    const { feature, issues } = locate(reading.feature, location, limits);
    for (const issue of issues) yield { type: 'issue', issue };
    yield feature ? { type: 'feature', feature } : { type: 'lost', feature: reading.feature };
  }

  function* decide(): Generator<PlacedReading> {
    const held = sample ?? [];
    sample = null;
    const rows = held.flatMap((reading) => (reading.type === 'feature' ? [reading.feature] : []));
    if (rows.length > 0 && rows.every(({ geometry }) => geometry === null)) {
      const columns = layer?.columns ?? [...new Set(rows.flatMap(({ properties }) => Object.keys(properties)))];
      const samples = rows.map(({ properties }) => properties);
      location = given?.part === part ? given.location : inferLocation(columns, samples, tagsOf(held));
    }
    yield { type: 'located', location };
    if (rows.length > 0 && location === null && rows.every(({ geometry }) => geometry === null)) {
      yield { type: 'issue', issue: unplaced(layer) };
    }
    for (const reading of held) yield* place(reading);
  }

  function* take(reading: Reading): Generator<PlacedReading> {
    if (reading.type === 'layer') {
      if (sample) yield* decide();
      layer = reading.layer;
      part += 1;
      location = null;
      sample = [];
      yield reading;
    } else if (sample) {
      sample.push(reading);
      if (sample.length >= SAMPLE) yield* decide();
    } else yield* place(reading);
  }

  for await (const reading of readings) {
    if (reading.type !== 'batch') yield* take(reading);
    else if (!sample && location === null) yield reading;
    else for (const each of reading.read()) yield* take(each);
  }
  if (sample) yield* decide();
}

function unplaced(layer: SourceLayer | null): Issue {
  return {
    code: 'position-unknown',
    severity: 'warning',
    index: null,
    place: layer?.name ? { part: layer.name } : {},
    value: null,
    detail:
      'Nothing was found that tells where the records are: no geometry, and no columns with longitude and latitude, x and y, WKT, MGRS or GeoJSON. Choose the columns.',
  };
}

/** HXL tags of the columns, in their order, where the table has them. */
function tagsOf(readings: readonly Reading[]): readonly string[] {
  const said = readings.find((reading) => reading.type === 'issue' && reading.issue.code === 'hxl');
  return said?.type === 'issue' ? (said.issue.value ?? '').split(',') : [];
}

/** Whether an issue keeps the record out to which it belongs. */
export const keepsOut = (issue: Issue): boolean => issue.severity === 'error' && issue.index !== null;
