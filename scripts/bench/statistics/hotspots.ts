import { cellToBoundary, gridDisk, polygonToCellsExperimental } from 'h3-js';
import { execute } from '../../../server/analysis/execute.ts';
import { MOST_LISTED } from '../../../server/analysis/hotspots/list-events.ts';
import { hotspots } from '../../../server/analysis/hotspots.ts';
import type { Bbox } from '../../../server/core/bbox.ts';
import { Catalogue, type PublishedLayer } from '../../../server/core/catalogue.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import type { Database } from '../../../server/db/database.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { adjustedP } from '../../../server/stats/benjamini-hochberg.ts';
import { getisOrd } from '../../../server/stats/getis-ord.ts';
import { twoSidedP } from '../../../server/stats/normal-p.ts';
import { median } from '../figures.ts';
import { INCIDENTS } from '../layers.ts';

const RESOLUTION = 5;
const TABLE = `layer."${INCIDENTS.id}_1"`;

/** All records each time: their number, a sum, a wider neighbourhood, or over a window of all their months. */
function questionOf(round: number): Question {
  const others = [{}, { measure: 'killed' }, { ring: 2 }, { datetime: '2014-01-01/2023-12-31' }];
  return { events: INCIDENTS.id, resolution: RESOLUTION, ...others[Math.abs(round) % others.length] };
}

/** How many of the hot hexagons have their records listed. */
const ALL_LISTED = 5_000;

interface Question {
  readonly events: string;
  readonly resolution: number;
  readonly measure?: string;
  readonly ring?: number;
  readonly datetime?: string;
}

/** Which records count: those that are placed well enough for the hexagons, in the window. */
const within = (datetime: string | undefined) =>
  ["handling = 'public' AND precision_m <= 8972"]
    .concat(datetime === undefined ? [] : ["valid && tstzrange('2014-01-01Z', '2024-01-01Z')"])
    .join(' AND ');

/** The records in groups, as one would write it by hand. */
const grouping = (datetime: string | undefined) => `SELECT to_hex(cell) AS cell, count, killed FROM (
    SELECT azalai.h3_parent(h3_base, ${RESOLUTION}) AS cell, count(*)::integer AS count, sum(killed)::integer AS killed FROM ${TABLE}
    WHERE ${within(datetime)} GROUP BY 1) AS counted`;

/** The records of the hexagons that are hot or cold. */
const listing = (datetime: string | undefined) => `SELECT to_hex(cell) AS cell, items[1:${MOST_LISTED}] AS items FROM (
    SELECT azalai.h3_parent(h3_base, ${RESOLUTION}) AS cell, array_agg(fid ORDER BY fid) AS items FROM ${TABLE}
    WHERE ${within(datetime)}
      AND azalai.h3_parent(h3_base, ${RESOLUTION}) = ANY ($1::bigint[]) GROUP BY 1) AS listed`;

interface Plain {
  readonly statement: number;
  readonly total: number;
  /** And with the records of the hexagons that are hot or cold. */
  readonly withEvents: number;
  readonly hot: number;
}

/** The same without anything that is prepared or remembered: group in SQL, lay the hexagons of the box out, Gi*, p, correction, and the hexagons as GeoJSON text; then the records of those that stand out. */
async function byHand(database: Database, layer: PublishedLayer, round: number): Promise<Plain> {
  const began = performance.now();
  const { datetime, measure, ring = 1 } = questionOf(round);
  const query = { text: grouping(datetime), values: [] };
  const rows = await database.runAnalysis<{ cell: string; count: number; killed: number }>(query);
  const statement = performance.now() - began;
  const { west, south, east, north } = layer.bbox as Bbox;
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const cells = polygonToCellsExperimental([corners], RESOLUTION, 'containmentOverlapping', true).sort();
  const place = new Map(cells.map((cell, index) => [cell, index]));
  const values = new Float64Array(cells.length);
  for (const { cell, count, killed } of rows) {
    const index = place.get(cell);
    if (index !== undefined) values[index] = measure === undefined ? count : killed;
  }
  const members = cells.map((cell) => gridDisk(cell, ring).flatMap((other) => place.get(other) ?? []));
  const offsets = Int32Array.from([0, ...members]);
  for (const [index, each] of members.entries()) offsets[index + 1] = (offsets[index] as number) + each.length;
  const found = getisOrd(values, { offsets, members: Int32Array.from(members.flat()) });
  if ('notDefined' in found) throw new Error(found.notDefined);
  const adjusted = adjustedP(found.z.map(twoSidedP));
  const hot = adjusted.filter((p, index) => p <= 0.1 && (found.z[index] as number) > 0).length;
  const drawn = cells.flatMap((cell, index) => {
    const [z, p] = [found.z[index] as number, adjusted[index] as number];
    if ((values[index] as number) === 0 && p > 0.1) return [];
    const properties = { cell, value: values[index], z, p, sort: p > 0.1 ? 'none' : z > 0 ? 'hot' : 'cold' };
    return [{ type: 'Feature', geometry: { type: 'Polygon', coordinates: [cellToBoundary(cell, true)] }, properties }];
  });
  JSON.stringify(drawn);
  const total = performance.now() - began;
  const standOut = cells
    .filter((_, index) => (adjusted[index] as number) <= 0.1)
    .map((cell) => `${BigInt(`0x${cell}`)}`);
  JSON.stringify(await database.runAnalysis({ text: listing(datetime), values: [standOut] }));
  return { statement, total, withEvents: performance.now() - began, hot };
}

/** Milliseconds, medians of all rounds. */
export interface HotspotsFigures {
  readonly process: number;
  readonly slowest: number;
  /** The first question to a version, which reads its roll-up and lays the hexagons out. */
  readonly first: number;
  /** As the process is asked when nothing else is said: with 100 records of each hexagon that is hot or cold. */
  readonly withEvents: number;
  /** The same by hand: the statement that groups the records, with what is computed after it, until there is GeoJSON text, and with the records too. */
  readonly byHand: { readonly statement: number; readonly total: number; readonly withEvents: number };
  /** The process where it groups the records too; the hexagons are laid out already. */
  readonly withoutRollup: number;
  /** How many times as long it takes by hand; and with the records. */
  readonly ratio: number;
  readonly ratioWithEvents: number;
  readonly hexagons: number;
  readonly hot: number;
}

async function timed<T>(work: () => Promise<T>): Promise<[milliseconds: number, value: T]> {
  const began = performance.now();
  const value = await work();
  return [performance.now() - began, value];
}

const unprepared = (layer: PublishedLayer): PublishedLayer => ({
  ...layer,
  prepared: { ...layer.prepared, rollupTellsPrecision: false },
});

/** How long `hotspots` takes for the whole country beside the same by grouping the table, in turns. They say the same, or it throws. */
export async function benchHotspots(
  database: Database,
  rounds: number,
  say: (line: string) => void,
): Promise<HotspotsFigures> {
  const prepared = await readCatalogue(database.run);
  const plain = new Catalogue(prepared.layers.map(unprepared));
  const ask = (catalogue: Catalogue, round: number, list = 0) =>
    execute(
      hotspots,
      { ...questionOf(round), list },
      {
        ...{ catalogue, run: database.runAnalysis, access: PUBLIC_ACCESS, isAsynchronous: false, software: 'bench' },
        version: async (layer) => layer,
        signal: new AbortController().signal,
        progress: () => undefined,
      },
    );
  const [first] = await timed(() => ask(prepared, 0));
  const own: number[] = [];
  const listed: number[] = [];
  const slow: number[] = [];
  const hands: Plain[] = [];
  let [hexagons, hot] = [0, 0];
  // The first rounds fill caches, and let Node compile what it runs often.
  for (let round = -4; round < rounds; round++) {
    const [spent, { result }] = await timed(() => ask(prepared, round));
    const [more] = await timed(() => ask(prepared, round, ALL_LISTED));
    const [other, { result: same }] = await timed(() => ask(plain, round));
    if (result.receipt.hash !== same.receipt.hash) throw new Error(`round ${round}: the records say something else.`);
    const hand = await byHand(database, prepared.get(INCIDENTS.id), round);
    const numbers = result.numbers as unknown as { hexagons: number; survival: { hot: { without_imprecise: number } } };
    [hexagons, hot] = [numbers.hexagons, numbers.survival.hot.without_imprecise];
    // By hand those hexagons are missing that come near the box without meeting it.
    if (Math.abs(hand.hot - hot) > 0.01 * hot) throw new Error(`${hot} hot hexagons, by hand ${hand.hot}.`);
    if (round < 0) continue;
    own.push(spent);
    listed.push(more);
    slow.push(other);
    hands.push(hand);
    const [ours, theirs] = [
      [spent, more, other],
      [hand.total, hand.withEvents, hand.statement],
    ].map((each) => each.map((ms) => ms.toFixed(0)));
    say(
      `hotspots, round ${round + 1}: ${ours?.[0]} ms (with events ${ours?.[1]}), by hand ${theirs?.[0]} ms (with events ${theirs?.[1]}, the statement ${theirs?.[2]}), without the roll-up ${ours?.[2]} ms`,
    );
  }
  const [process, withEvents] = [median(own), median(listed)];
  const plainly = {
    statement: median(hands.map(({ statement }) => statement)),
    total: median(hands.map(({ total }) => total)),
    withEvents: median(hands.map((hand) => hand.withEvents)),
  };
  return {
    ...{ process, slowest: Math.max(...own), first, withEvents, byHand: plainly, withoutRollup: median(slow) },
    ...{ ratio: plainly.total / process, ratioWithEvents: plainly.withEvents / withEvents, hexagons, hot },
  };
}
