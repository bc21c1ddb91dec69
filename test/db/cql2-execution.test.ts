import { expect } from 'chai';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type pg from 'pg';
import { checkFilter } from '../../server/core/cql2/check.ts';
import { fold } from '../../server/core/cql2/fold.ts';
import { parseJsonFilter } from '../../server/core/cql2/parse-json.ts';
import { parseFilter } from '../../server/core/cql2/parse-text.ts';
import { InvalidFilter } from '../../server/core/errors.ts';
import { folded } from '../../server/query/cql2/fold.ts';
import { cql2ToSql } from '../../server/query/cql2.ts';
import { type Sql, sql, toQuery } from '../../server/query/sql.ts';
import { attempt } from '../support/cql2-attempts.ts';
import { openRows, ROWS } from '../support/cql2-rows.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';
import { geometry } from '../unit/core/cql2/arbitrary-trees.ts';
import { LAYER } from '../unit/core/cql2/layer.ts';

describe('the SQL of CQL2 filters', () => {
  let database: TestDatabase;
  let client: pg.Client;

  before(async function () {
    if (process.env.NO_CLUSTER === '1') return this.skip();
    database = await emptyDatabase();
    client = await openRows(database);
  });

  after(async () => {
    await client?.end();
    await database?.close();
  });

  async function run<Row>(statement: Sql): Promise<Row[]> {
    const { text, values } = toQuery(statement);
    const { rows } = await client.query(text, [...values]);
    return rows as Row[];
  }

  const condition = (filter: string, lang = 'cql2-text') =>
    cql2ToSql(checkFilter(lang === 'cql2-json' ? parseJsonFilter(filter) : parseFilter(filter), LAYER), LAYER);

  it('never fails over a filter that was let through', async function () {
    this.timeout(120_000);
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(attempt, async ({ lang, filter }) => {
        let where: Sql;
        try {
          where = condition(filter, lang);
        } catch (error) {
          if (error instanceof InvalidFilter) return;
          throw error;
        }
        await run(sql`SELECT count(*) FROM record WHERE ${where}`);
        accepted += 1;
      }),
      { numRuns: 6_000 },
    );
    expect(accepted).to.be.greaterThan(1_000);
  });

  /** On the globe, on a coarse grid, so that shapes touch, overlap and fold back on themselves. */
  const onGlobe = geometry.map((shape) =>
    JSON.parse(JSON.stringify(shape), (key, value) => {
      const isPosition = Array.isArray(value) && value.length === 2 && typeof value[0] === 'number';
      const isBox = key === 'bbox' && Array.isArray(value);
      return isPosition || isBox ? value.map((number: number) => Math.abs(Math.trunc(number) % 5)) : value;
    }),
  );
  const closed = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), { minLength: 3, maxLength: 7 })
    .map((ring) => ({ type: 'Polygon', coordinates: [[...ring, ring[0]]] }));

  it('never fails over a geometry that was let through, however awkward', async function () {
    this.timeout(120_000);
    const op = fc.constantFrom('s_intersects', 's_within', 's_contains', 's_disjoint', 's_touches', 's_crosses');
    const any = fc.oneof(op, fc.constantFrom('s_overlaps', 's_equals'));
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(any, fc.oneof(onGlobe, closed, closed), async (name, shape) => {
        let where: Sql;
        try {
          const test = { op: name, args: [{ property: 'geometry' }, shape] };
          const near = { op: 's_dwithin', args: [shape, { property: 'geometry' }, 100_000] };
          where = condition(JSON.stringify({ op: 'or', args: [test, near] }), 'cql2-json');
        } catch (error) {
          if (error instanceof InvalidFilter) return;
          throw error;
        }
        await run(sql`SELECT count(*) FROM record WHERE ${where}`);
        accepted += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(accepted).to.be.greaterThan(200);
  });

  const arithmetic: [calculated: string, result: number | null][] = [
    ['1 / 0', null],
    ['0 / 0', null],
    ['5 % 0', null],
    ['5 div 0', null],
    ['0 ^ -1', null],
    ['0 ^ 0', 1],
    ['(0 - 8) ^ 0.5', null],
    ['-2 ^ 3', -8],
    ['2 ^ -1', 0.5],
    ['10 ^ 300', null],
    ['10 ^ -300', 0],
    ['1.0000001 ^ 1e20', null],
    ['2 ^ 300 * 2 ^ 300', 2 ** 600],
    ['2 ^ 300 * 2 ^ 300 * 2', null],
    ['1e200 + 1', null],
    ['1e-200 * 5', 0],
    ['5 / 1e-200', null],
    ['1e308 + 1e308', null],
    ['5e-324 ^ 5e-324', 1],
    ['0.3 div 0.1', 3],
    ['0.3 % 0.1', 0],
    ['-7 % 3', -1],
    ['-7 div 2', -3],
    ['1 + 2 * 3', 7],
    ['(9007199254740991 + 0) % 2', 1],
  ];
  for (const [calculated, result] of arithmetic) {
    it(`makes ${result} of ${calculated}`, async () => {
      const asked = result === null ? `(${calculated} = 1) IS NULL` : `${calculated} = ${result}`;
      const [row] = await run<{ is: boolean }>(sql`SELECT ${condition(asked)} AS is`);
      expect(row?.is).to.equal(true);
    });
  }

  it('folds every character as it is folded where no database is asked', async () => {
    // Up to the last script of the region; what comes after is pictures and characters newer than some libraries.
    const codes = Array.from({ length: 0x1e95f }, (_, code) => code).filter(
      (code) => code > 0 && (code < 0xd800 || code > 0xdfff),
    );
    const isOld = (code: number) =>
      !/[\p{Cn}\p{Co}]/u.test(String.fromCodePoint(code)) && (code < 0x10000 || code > 0x1e8ff);
    const characters = codes.filter(isOld).map((code) => `a${String.fromCodePoint(code)}Z`);
    const rows = await run<{ text: string; casei: string; accenti: string }>(
      sql`SELECT text, ${folded('casei', sql`text`)} AS casei, ${folded('accenti', sql`text`)} AS accenti
        FROM unnest(${characters}::text[]) AS text`,
    );
    const strangers = rows.filter(
      ({ text, casei, accenti }) => casei !== fold('casei', text) || accenti !== fold('accenti', text),
    );
    // Letters that came to Unicode after the database's tables were made: it leaves them as they are.
    const isNew = ({ text, casei, accenti }: (typeof rows)[number]) =>
      casei === text.replace('Z', 'z') && accenti === text;
    const wrong = strangers.filter((row) => !isNew(row));
    expect(wrong.map(({ text }) => text.codePointAt(1)?.toString(16))).to.deep.equal([]);
    expect(strangers.length, 'new letters').to.be.lessThan(20);
    expect(rows.length).to.be.greaterThan(50_000);
    const same = [
      ['casei', 'Straße', 'STRASSE'],
      ['casei', 'ΟΔΟΣ', 'οδος'],
      ['casei', 'ΟΔΟΣ%', 'οδοσ%'],
      ['accenti', 'débárquér', 'debarquer'],
      ['accenti', 'Kidal مُحَمَّد', 'Kidal محمد'],
    ] as const;
    for (const [op, one, other] of same) expect(fold(op, one)).to.equal(fold(op, other));
  });

  it('finds all that lies within so many metres, wherever on the globe, behind its box', async function () {
    this.timeout(120_000);
    const place = fc.tuple(fc.integer({ min: -180, max: 180 }), fc.integer({ min: -90, max: 90 }));
    const beside = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true }));
    const long = fc.integer({ min: 1, max: 58 });
    const metres = fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 300_000 }));
    await fc.assert(
      fc.asyncProperty(place, beside, long, metres, async ([x, y], [dx, dy], width, within) => {
        // Beside the middle of an edge, which lies nearer to the pole than its ends.
        const west = Math.max(-180, x - width);
        const lon = Math.max(-180, Math.min(180, (x + west) / 2 + (dx * width) / 2));
        const lat = Math.max(-90, Math.min(90, y + dy));
        const shapes = [`POINT(${x} ${y})`, west === x ? `POINT(${x} ${y})` : `LINESTRING(${x} ${y}, ${west} ${y})`];
        const asked = shapes.map((shape) =>
          cql2ToSql(checkFilter(parseFilter(`S_DWITHIN(geometry, ${shape}, ${within})`), LAYER), {
            ...LAYER,
            geometry: 'point',
          }),
        );
        const exact = shapes.map(
          (shape) => sql`ST_DWithin(geom::geography, ST_GeogFromText(${shape}::text), ${within}::float8)`,
        );
        const [row] = await run<{ a: boolean; b: boolean; c: boolean; d: boolean }>(
          sql`SELECT ${asked[0]} AS a, ${exact[0]} AS b, ${asked[1]} AS c, ${exact[1]} AS d
            FROM (SELECT ST_SetSRID(ST_MakePoint(${lon}::float8, ${lat}::float8), 4326) AS geom) AS record`,
        );
        expect(row?.a).to.equal(row?.b);
        expect(row?.c).to.equal(row?.d);
      }),
      { numRuns: 1000 },
    );
  });

  describe('by an index', () => {
    before(async () => {
      await client.query(`CREATE TABLE many AS SELECT killed, seen, commodities, tstzrange(now(), now() + interval '1 day' * n) AS valid,
        ST_SetSRID(ST_MakePoint((n % 300) - 150 + 0.5, (n / 300) - 80 + 0.5), 4326) AS geom
        FROM generate_series(1, 40000) AS n LEFT JOIN record ON record.id = n % ${ROWS.length}`);
      await client.query('CREATE INDEX many_geom ON many USING gist (geom)');
      await client.query('CREATE INDEX many_valid ON many USING spgist (valid)');
      await client.query('ANALYZE many');
    });

    const filters: [filter: string, index: string][] = [
      ['S_INTERSECTS(geometry, BBOX(1, 1, 3, 3))', 'many_geom'],
      ['S_INTERSECTS(POLYGON((1 1, 3 1, 3 3, 1 1)), geometry)', 'many_geom'],
      ['S_WITHIN(geometry, POLYGON((1 1, 3 1, 3 3, 1 1)))', 'many_geom'],
      ['S_CONTAINS(geometry, POINT(1 1)) AND killed > 1', 'many_geom'],
      ['S_DWITHIN(geometry, POINT(1 1), 50000)', 'many_geom'],
      ["T_INTERSECTS(valid, INTERVAL('2001-01-01', '2001-12-31'))", 'many_valid'],
      ["T_DURING(valid, INTERVAL('2001-01-01', '2001-12-31'))", 'many_valid'],
    ];
    for (const [filter, index] of filters) {
      it(`answers ${filter}`, async () => {
        const { text, values } = toQuery(
          sql`EXPLAIN (FORMAT JSON) SELECT count(*) FROM many WHERE ${cql2ToSql(checkFilter(parseFilter(filter), LAYER), { ...LAYER, geometry: 'point' })}`,
        );
        const { rows } = await client.query(text, [...values]);
        expect(JSON.stringify(rows)).to.include(index);
      });
    }
  });
});
