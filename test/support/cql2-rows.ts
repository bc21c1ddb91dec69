import pg from 'pg';
import { DAYS, INSTANTS, WORDS } from '../unit/core/cql2/layer.ts';
import type { Row } from './cql2-truth.ts';
import type { TestDatabase } from './database.ts';

/** Values for every field, taken in turn with steps that have no common factor, so that they meet in many ways. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  kind: [...WORDS, null],
  place: [null, ...WORDS.toReversed(), 'ab'],
  killed: [-1, 0, 1, 2, 3, null, 1e15],
  injured: [null, 0, 1, 3, 2],
  share: [0.5, null, 2, 2.5, -1, 1e15],
  claimed: [true, false, null],
  seen: [...DAYS, null, '2013-01-11'],
  heard: [null, ...INSTANTS, '2012-01-01T00:00:00Z', null],
  commodities: [[], ['a'], null, ['a', 'b'], ['ab', 'Éb', "a'b"]],
  wanted: [['b', 'a', 'a'], ['ab'], [], null, ['a'], ['b'], ['ab', 'a']],
  valid_from: [null, ...DAYS],
  valid_to: ['2023-01-01', null, '2024-01-01', '2023-01-01'],
  precision_m: [0, 1, null],
  recorded_at: ['2022-03-27', null],
  geometry: [
    [0, 0, 0, 0],
    [1, 1, 3, 3],
    [0, 2, 4, 2],
    null,
    [2, 2, 2, 2],
    [1, 0, 1, 4],
    [0, 0, 4, 4],
    [2, 1, 4, 2],
    [4, 0, 4, 0],
    [3, 1, 3, 2],
    [1, 1, 2, 2],
  ],
};

export const ROWS: readonly Row[] = Array.from({ length: 120 }, (_, row) => {
  const plain = Object.fromEntries(
    Object.entries(VALUES).map(([name, values]) => [name, values[row % values.length] ?? null]),
  );
  if (row % 13 !== 12) return { ...plain, valid: [plain.valid_from, plain.valid_to] };
  // A record that holds at no known time.
  return { ...plain, valid_from: null, valid_to: null, valid: null };
});

const point = (x: number, y: number) => `${x} ${y}`;

function toText(box: readonly number[] | null): string | null {
  if (!box) return null;
  const [west, south, east, north] = box as [number, number, number, number];
  if (west === east && south === north) return `POINT(${point(west, south)})`;
  if (west === east || south === north) return `LINESTRING(${point(west, south)}, ${point(east, north)})`;
  const ring = [point(west, south), point(east, south), point(east, north), point(west, north), point(west, south)];
  return `POLYGON((${ring.join(', ')}))`;
}

/** The rows in a table of the session's own, of columns as those of records. Text sorts there as in dictionaries. */
async function fillRows(client: pg.Client): Promise<void> {
  await client.query(`CREATE TEMP TABLE record (
    id integer, kind text COLLATE "und-x-icu", place text COLLATE "und-x-icu",
    commodities text[] COLLATE "und-x-icu", wanted text[] COLLATE "und-x-icu", killed bigint, injured bigint,
    precision_m bigint, share double precision, claimed boolean, seen date, heard timestamptz, valid tstzrange,
    recorded_at date, geom geometry(Geometry, 4326), record_id text, date_precision text, confidence text,
    reliability text, credibility text, source text, locator text, note text, handling text)`);
  for (const [id, row] of ROWS.entries()) {
    const { valid_from, valid_to, valid, geometry, ...columns } = row;
    const names = Object.keys(columns);
    const [from, to] = [valid_from, valid_to].map((day) => (day === null ? null : `${day}T00:00:00Z`));
    const range = valid === null ? 'NULL::tstzrange + tstzrange($2, $3)' : 'tstzrange($2, $3)';
    await client.query(
      `INSERT INTO record (id, valid, geom, ${names})
        VALUES ($1, ${range}, ST_GeomFromText($4, 4326), ${names.map((_, k) => `$${k + 5}`)})`,
      [id, from, to, toText(geometry as number[] | null), ...Object.values(columns)],
    );
  }
  // Days are UTC days wherever the server stands; here it is still yesterday at midnight UTC.
  await client.query("SET timezone TO 'America/Bogota'");
}

/** A session of an empty database that has the rows. */
export async function openRows(database: TestDatabase): Promise<pg.Client> {
  const client = new pg.Client(database.connection as pg.ClientConfig);
  await client.connect();
  await client.query('CREATE EXTENSION postgis');
  await fillRows(client);
  return client;
}
