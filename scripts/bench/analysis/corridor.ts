import { corridor } from '../../../server/analysis/corridor.ts';
import { execute } from '../../../server/analysis/execute.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import type { Database } from '../../../server/db/database.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { median } from '../figures.ts';
import { INCIDENTS } from '../layers.ts';
import { wayThrough } from './line.ts';

const WITHIN_KM = 25;
const BIN_KM = 100;
const LISTED = 100;
const TABLE = `layer."${INCIDENTS.id}_1"`;
/** Degrees that are no less than the distance anywhere along the line, which keeps south of 20 degrees. */
const DEGREES = 0.25;

/** PostGIS takes legs for great circles of a sphere, some centimetres beside the geodesic: a record at the edge may fall out. */
const SAME = 2;

/** What the process is asked, whose answer says more than the SQL beside it. */
export const questionAbout = (number: number) => ({
  line: { geometry: wayThrough(number) },
  events: INCIDENTS.id,
  ...{ within_km: WITHIN_KM, bin_km: BIN_KM, limit: LISTED, datetime: '2014-01-01/2023-12-31' },
});

/**
 * The same as one would write it by hand: records in a box around the line by the index of the table, then those within
 * the distance; where along the line, by bin and kind; the nearest; and how many there are in all.
 */
const fairSql = (boxes: string) => `WITH line AS MATERIALIZED (
    SELECT shape, shape::geography AS ground, ST_Length(shape::geography) / 1000 AS km
    FROM (SELECT ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4326) AS shape) AS given),
  near AS MATERIALIZED (
    SELECT fid, kind, killed, injured, geom, floor(ST_LineLocatePoint(ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4326), geom) * (SELECT km FROM line) / ${BIN_KM}) AS bin
    FROM ${TABLE} WHERE handling = 'public' AND precision_m <= ${WITHIN_KM * 1000}
      AND valid && tstzrange('2014-01-01Z', '2024-01-01Z') AND (${boxes})
      AND ST_DWithin(geom::geography, ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4326)::geography, ${WITHIN_KM * 1000}))
  SELECT (SELECT count(*) FROM near)::integer AS count,
    (SELECT json_agg(strip) FROM (SELECT bin, kind, count(*), sum(killed) AS killed, sum(injured) AS injured FROM near GROUP BY bin, kind ORDER BY bin, kind) AS strip) AS strip,
    (SELECT json_agg(listed) FROM (
      SELECT fid, ST_Distance(geom::geography, ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4326)::geography) AS metres FROM near ORDER BY metres, fid LIMIT ${LISTED}) AS listed) AS listed,
    (SELECT count(*) FROM ${TABLE} WHERE handling = 'public' AND precision_m <= ${WITHIN_KM * 1000} AND valid && tstzrange('2014-01-01Z', '2024-01-01Z')) AS total`;

/** One box around the line; or one around each of its legs, which is less ground. */
const BOXES = {
  'one box': () => `geom && ST_Expand(ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4326), ${DEGREES})`,
  'a box for each leg': (coordinates: readonly (readonly [number, number])[]) =>
    coordinates
      .slice(1)
      .map(([x, y], index) => {
        const [fromX, fromY] = coordinates[index] as readonly [number, number];
        const [west, east, south, north] = [
          Math.min(x, fromX),
          Math.max(x, fromX),
          Math.min(y, fromY),
          Math.max(y, fromY),
        ];
        return `geom && ST_MakeEnvelope(${west - DEGREES}, ${south - DEGREES}, ${east + DEGREES}, ${north + DEGREES}, 4326)`;
      })
      .join(' OR '),
} as const;

/** Milliseconds, medians of all rounds; `ratio`: how many times as long the straightforward statement takes. */
export interface CorridorFigures {
  readonly process: number;
  readonly slowest: number;
  readonly fair: Readonly<Record<string, number>>;
  readonly ratio: number;
  readonly within: number;
  readonly lengthKm: number;
}

async function timed<T>(work: () => Promise<T>): Promise<[milliseconds: number, value: T]> {
  const began = performance.now();
  const value = await work();
  return [performance.now() - began, value];
}

/** How long the process takes beside fair SQL, in turns, each round along another line. They say the same, or it throws. */
export async function benchCorridor(
  database: Database,
  rounds: number,
  say: (line: string) => void,
): Promise<CorridorFigures> {
  const catalogue = await readCatalogue(database.run);
  const ask = (number: number) =>
    execute(corridor, questionAbout(number), {
      ...{ catalogue, run: database.runAnalysis, access: PUBLIC_ACCESS, isAsynchronous: false, software: 'bench' },
      version: async (layer) => layer,
      signal: new AbortController().signal,
      progress: () => undefined,
    });
  const own: number[] = [];
  const fair: Record<string, number[]> = {};
  let [within, lengthKm] = [0, 0];
  // The first rounds fill caches, and let Node compile what it runs often.
  const warming = 5;
  for (let round = -warming; round < rounds; round++) {
    const [spent, { result }] = await timed(() => ask(round));
    const { events, length_km } = result.numbers as unknown as { events: { count: number }; length_km: number };
    [within, lengthKm] = [events.count, length_km];
    if (round >= 0) own.push(spent);
    if (round < 0 && round > -warming) continue;
    const { coordinates } = wayThrough(round);
    for (const [name, boxes] of Object.entries(BOXES)) {
      const query = { text: fairSql(boxes(coordinates)), values: [JSON.stringify(wayThrough(round))] };
      const [other, [row]] = await timed(() => database.runAnalysis<{ count: number }>(query));
      if (Math.abs((row?.count ?? 0) - within) > SAME)
        throw new Error(`${within} records within, by SQL ${row?.count}.`);
      if (round < 0) continue;
      fair[name] ??= [];
      fair[name].push(other);
    }
    say(
      `corridor, round ${round + 1}: ${spent.toFixed(0)} ms, fair SQL ${Object.values(fair)
        .map((times) => times.at(-1)?.toFixed(0))
        .join(' and ')} ms`,
    );
  }
  const medians = Object.fromEntries(Object.entries(fair).map(([name, times]) => [name, median(times)]));
  const process = median(own);
  return {
    ...{ process, slowest: Math.max(...own), fair: medians, within, lengthKm },
    ratio: (medians['one box'] as number) / process,
  };
}
