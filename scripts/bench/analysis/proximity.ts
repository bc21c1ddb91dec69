import { execute } from '../../../server/analysis/execute.ts';
import { proximity } from '../../../server/analysis/proximity.ts';
import { type Layer, LayerSchema } from '../../../server/core/layer.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import type { Database } from '../../../server/db/database.ts';
import { publishTable } from '../../../server/jobs/publish.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { createRecordTable } from '../../../server/query/record-table.ts';
import type { Run } from '../../../server/query/sql.ts';
import { median } from '../figures.ts';
import { INCIDENTS } from '../layers.ts';

export const SITES: Layer = LayerSchema.parse({
  ...INCIDENTS,
  id: 'bench_sites',
  role: 'events',
  order: 9,
  data: undefined,
});

/** Fair SQL asks a table of geographies, every attribute in it, with its GiST index. */
const PLAIN = { from: 'bench.near_sites', to: 'bench.near_incidents' };

const query = (text: string) => ({ text, values: [] });

/** One point beside each of so many incidents: 5,000 sites where there are 500,000 incidents. */
export async function publishSites({ transaction }: Database, layer: Layer = SITES, each = 100): Promise<void> {
  await transaction(async (run) => {
    const table = `${layer.id}_1`;
    await run(createRecordTable(layer, table));
    await run(
      query(`INSERT INTO layer."${table}" SELECT (moved).* FROM (SELECT jsonb_populate_record(one, '{}') AS moved
      FROM layer."${INCIDENTS.id}_1" AS one WHERE fid % ${each} = 7 ORDER BY geom) AS rows`),
    );
    await run(
      query(`UPDATE layer."${table}" SET geom = moved, geom_3857 = ST_Transform(moved, 3857)
      FROM (SELECT fid AS number, ST_Translate(geom, 0.0137 * sin(fid), 0.0171 * cos(fid)) AS moved FROM layer."${table}") AS m
      WHERE number = fid`),
    );
    const [held] = await run<{ count: number }>(query(`SELECT count(*) AS count FROM layer."${table}"`));
    await publishTable(run, layer, held?.count ?? 0, { generation: 1, seedHash: null });
  });
}

async function createPlain(run: Run): Promise<void> {
  await run(query('CREATE SCHEMA IF NOT EXISTS bench'));
  for (const [name, id] of [
    [PLAIN.from, SITES.id],
    [PLAIN.to, INCIDENTS.id],
  ] as const) {
    await run(
      query(`CREATE TABLE ${name} AS SELECT fid, kind, killed, injured, actor, target, place, event, summary, record_id,
      precision_m, valid, handling, geom::geography AS geog FROM layer."${id}_1" ORDER BY geom`),
    );
    await run(query(`CREATE INDEX ON ${name} USING gist (geog)`));
    await run(query(`ANALYZE ${name}`));
  }
}

const described = `SELECT jsonb_build_object('pairs', (SELECT count(*) FROM pair), 'from', (SELECT count(*) FROM ${PLAIN.from} WHERE handling = 'public'), 'to', (SELECT count(*) FROM ${PLAIN.to} WHERE handling = 'public'),
    'near', (SELECT count(DISTINCT from_fid) FROM pair),
    'quartiles', (SELECT percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY nearest)
      FROM (SELECT min(distance) AS nearest FROM pair GROUP BY from_fid) AS each),
    'table', (SELECT jsonb_agg(jsonb_build_array(from_fid, to_fid, round(distance::numeric / 1000, 3)) ORDER BY distance, from_fid, to_fid) FROM
      (SELECT * FROM pair ORDER BY distance, from_fid, to_fid LIMIT 1000) AS closest)) AS found`;

/** The straightforward statement, with the bearings and precisions left out. */
const fair = {
  within: (km: number) => `WITH pair AS MATERIALIZED (
      SELECT f.fid AS from_fid, t.fid AS to_fid, t.distance FROM ${PLAIN.from} AS f CROSS JOIN LATERAL (
        SELECT fid, ST_Distance(f.geog, geog) AS distance FROM ${PLAIN.to} AS t
        WHERE ST_DWithin(f.geog, geog, ${km * 1000}) AND t.handling = 'public') AS t WHERE f.handling = 'public') ${described}`,
  nearest: (many: number) => `WITH pair AS MATERIALIZED (
      SELECT f.fid AS from_fid, t.fid AS to_fid, t.distance FROM ${PLAIN.from} AS f CROSS JOIN LATERAL (
        SELECT fid, ST_Distance(f.geog, geog) AS distance FROM ${PLAIN.to} AS t WHERE t.handling = 'public'
        ORDER BY f.geog <-> t.geog LIMIT ${many}) AS t WHERE f.handling = 'public') ${described}`,
};

const CASES = [
  { name: 'within 1 km', inputs: { within_km: 1 }, sql: fair.within(1) },
  { name: 'within 5 km', inputs: { within_km: 5 }, sql: fair.within(5) },
  { name: 'within 10 km', inputs: { within_km: 10 }, sql: fair.within(10) },
  { name: 'nearest 1', inputs: { nearest: 1 }, sql: fair.nearest(1) },
  { name: 'nearest 5', inputs: { nearest: 5 }, sql: fair.nearest(5) },
] as const;

/** What both must say alike. */
interface Found {
  readonly pairs: number;
  readonly from: number;
  readonly to: number;
  readonly near: number;
}

interface Said {
  readonly pairs: number;
  readonly from: { readonly records: number };
  readonly to: { readonly records: number };
  readonly with_neighbour: number;
}

const inOneLine = ({ pairs, from, to, near }: Found) =>
  `${pairs} pairs of ${from} and ${to} records, ${near} of which have one`;

/** Milliseconds, the medians of all rounds, and how many times as long as fair SQL the process takes. */
export interface ProximityFigures {
  readonly name: string;
  readonly process: number;
  readonly fair: number;
  readonly ratio: number;
  readonly pairs: number;
}

async function timed<T>(work: () => Promise<T>): Promise<[milliseconds: number, value: T]> {
  const began = performance.now();
  const value = await work();
  return [performance.now() - began, value];
}

/**
 * How long the process `proximity` takes beside fair SQL, one after the other in turns, with 5,000 sites and the incidents
 * (500,000) that are published in the database. Both say the same, or it throws.
 */
export async function benchProximity(
  database: Database,
  rounds: number,
  say: (line: string) => void,
): Promise<readonly ProximityFigures[]> {
  await publishSites(database);
  await database.transaction(createPlain);
  const catalogue = await readCatalogue(database.run);
  const ask = (inputs: object) =>
    execute(
      proximity,
      { from: SITES.id, to: INCIDENTS.id, ...inputs },
      {
        ...{ catalogue, run: database.runAnalysis, access: PUBLIC_ACCESS, isAsynchronous: true, software: 'bench' },
        version: async (layer) => layer,
        signal: new AbortController().signal,
        progress: () => undefined,
      },
    );
  const figures: ProximityFigures[] = [];
  for (const { name, inputs, sql } of CASES) {
    const times = { process: [] as number[], fair: [] as number[] };
    let pairs = 0;
    for (let round = 0; round <= rounds; round++) {
      const [own, { result }] = await timed(() => ask(inputs));
      const [other, [row]] = await timed(() => database.runAnalysis<{ found: Found }>(query(sql)));
      const { from, to, with_neighbour: near, ...said } = result.numbers as unknown as Said;
      pairs = said.pairs;
      const found = inOneLine({ pairs, from: from.records, to: to.records, near });
      if (!row || inOneLine(row.found) !== found)
        throw new Error(`${name}: ${found}; by SQL ${row && inOneLine(row.found)}.`);
      // The first round fills caches.
      if (round === 0) continue;
      times.process.push(own);
      times.fair.push(other);
    }
    const [process, fairly] = [median(times.process), median(times.fair)];
    figures.push({ name, process, fair: fairly, ratio: process / fairly, pairs });
    say(
      `proximity, ${name}: ${process.toFixed(0)} ms, fair SQL ${fairly.toFixed(0)} ms, ${(process / fairly).toFixed(2)} times; ${pairs} pairs`,
    );
  }
  return figures;
}
