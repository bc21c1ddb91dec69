import { toBaseCell } from '../../server/core/hex.ts';
import type { Layer } from '../../server/core/layer.ts';
import { createRecordTable } from '../../server/query/record-table.ts';
import type { Run } from '../../server/query/sql.ts';
import { recordTableName } from '../../server/query/tables.ts';
import { AREAS, INCIDENTS, KINDS, WAYS } from './layers.ts';
import { type Random, seeded } from './random.ts';

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const SEED = 20140101;
const DAYS = 3652;
const BATCH = 20_000;

const record = (layer: Layer) =>
  `'${layer.id}/' || fid AS record_id, 'day' AS date_precision, 'modelled' AS confidence, 1000 AS precision_m, 'bench' AS source,
   'n ' || fid AS locator, NULL AS note, 'public' AS handling, DATE '2026-01-01' AS recorded_at`;

async function createTable(run: Run, layer: Layer): Promise<string> {
  const table = recordTableName(layer.id, 1);
  await run(createRecordTable(layer, table));
  return `layer."${table}"`;
}

/** Points around 40 towns of Mali and its neighbours, of unequal weight, over the 120 months from 2014 to 2023. */
export async function fillIncidents(run: Run, points: number): Promise<void> {
  const table = await createTable(run, INCIDENTS);
  await run({ text: `CREATE TEMPORARY TABLE filled (LIKE ${table}) ON COMMIT DROP`, values: [] });
  const random = seeded(SEED);
  const towns = Array.from({ length: 40 }, () => ({ lon: -11 + 14 * random(), lat: 11.5 + 8 * random() }));
  for (let start = 0; start < points; start += BATCH) {
    const size = Math.min(BATCH, points - start);
    const rows = Array.from({ length: size }, (_, index) => {
      const town = Math.floor(towns.length * random() ** 1.6);
      const { lon, lat } = towns[town] as { lon: number; lat: number };
      const [x, y] = [lon + 0.35 * normal(random), lat + 0.35 * normal(random)];
      const kind = KINDS[Math.floor(KINDS.length * random())];
      const day = Math.floor(DAYS * Math.sqrt(random()));
      return {
        fid: start + index + 1,
        town,
        x,
        y,
        kind,
        day,
        killed: Math.floor(5 * random() ** 2),
        cell: toBaseCell(x, y),
      };
    });
    const column = (name: keyof (typeof rows)[number]) => rows.map((row) => row[name]);
    await run({
      text: `INSERT INTO filled (fid, kind, killed, injured, actor, target, place, event, summary, record_id, date_precision,
          confidence, precision_m, source, locator, note, handling, recorded_at, valid, geom, geom_3857, h3_base)
        SELECT fid, kind, killed, killed * 2, 'actor ' || fid % 12, 'target ' || fid % 7, 'town ' || town, 'E' || fid,
          'An invented incident for measuring, number ' || fid || '.', ${record(INCIDENTS)},
          tstzrange(TIMESTAMPTZ '2014-01-01Z' + day * interval '1 day', TIMESTAMPTZ '2014-01-02Z' + day * interval '1 day'),
          geom, ST_Transform(geom, 3857), cell
        FROM unnest($1::bigint[], $2::integer[], $3::float8[], $4::float8[], $5::text[], $6::integer[], $7::integer[], $8::bigint[])
          AS input (fid, town, x, y, kind, day, killed, cell), LATERAL (SELECT ST_SetSRID(ST_MakePoint(x, y), 4326) AS geom) AS placed`,
      values: [
        column('fid'),
        column('town'),
        column('x'),
        column('y'),
        column('kind'),
        column('day'),
        column('killed'),
        column('cell'),
      ],
    });
  }
  // As an upload lays them out: what is near on the ground is near on the disk.
  await run({ text: `INSERT INTO ${table} SELECT * FROM filled ORDER BY geom`, values: [] });
}

/** A closed outline around a place, its radius wandering; `vertices` corners. */
function outline(random: Random, lon: number, lat: number, radius: number, vertices: number): [number, number][] {
  const waves = Array.from({ length: 6 }, (_, k) => ({
    k: k + 2,
    size: random() / (k + 3),
    phase: 2 * Math.PI * random(),
  }));
  const ring = Array.from({ length: vertices }, (_, index): [number, number] => {
    const angle = (2 * Math.PI * index) / vertices;
    const wander =
      waves.reduce((sum, { k, size, phase }) => sum + size * Math.sin(k * angle + phase), 1) + 0.02 * random();
    return [lon + radius * wander * Math.cos(angle), lat + radius * wander * Math.sin(angle)];
  });
  return [...ring, ring[0] as [number, number]];
}

/** 400 polygons of 200 to 2,000 vertices. */
export async function fillAreas(run: Run): Promise<void> {
  const table = await createTable(run, AREAS);
  const random = seeded(SEED + 1);
  for (let fid = 1; fid <= 400; fid++) {
    const vertices = 200 + Math.floor(1800 * random());
    const ring = outline(random, -12 + 16 * random(), 10 + 14 * random(), 0.1 + 0.6 * random(), vertices);
    await run({
      text: `INSERT INTO ${table} (fid, actor, summary, record_id, date_precision, confidence, precision_m, source, locator, note, handling,
          recorded_at, valid, geom, geom_3857, label_3857)
        SELECT fid, 'actor ' || fid % 8, 'An invented area.', ${record(AREAS)}, tstzrange('2014-01-01Z', NULL), geom, ST_Transform(geom, 3857),
          ST_PointOnSurface(ST_Transform(geom, 3857))
        FROM (SELECT $1::bigint AS fid, ST_CollectionExtract(ST_MakeValid(ST_GeomFromText($2::text, 4326)), 3) AS geom) AS input`,
      values: [fid, `POLYGON((${ring.map(([x, y]) => `${x} ${y}`).join(', ')}))`],
    });
  }
}

/** 300 lines of 500 vertices, each wandering from one place to another. */
export async function fillWays(run: Run): Promise<void> {
  const table = await createTable(run, WAYS);
  const random = seeded(SEED + 2);
  for (let fid = 1; fid <= 300; fid++) {
    let [x, y, heading] = [-11 + 14 * random(), 11 + 12 * random(), 2 * Math.PI * random()];
    const line = Array.from({ length: 500 }, () => {
      heading += 0.3 * (random() - 0.5);
      x += 0.01 * Math.cos(heading);
      y += 0.01 * Math.sin(heading);
      return `${x} ${y}`;
    });
    await run({
      text: `INSERT INTO ${table} (fid, commodity, summary, record_id, date_precision, confidence, precision_m, source, locator, note, handling,
          recorded_at, valid, geom, geom_3857)
        SELECT fid, 'goods ' || fid % 6, 'An invented way.', ${record(WAYS)}, tstzrange('2014-01-01Z', NULL), geom, ST_Transform(geom, 3857)
        FROM (SELECT $1::bigint AS fid, ST_GeomFromText($2::text, 4326) AS geom) AS input`,
      values: [fid, `LINESTRING(${line.join(', ')})`],
    });
  }
}
