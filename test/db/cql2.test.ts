import { expect } from 'chai';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type pg from 'pg';
import type { Predicate } from '../../server/core/cql2/ast.ts';
import { checkFilter } from '../../server/core/cql2/check.ts';
import { canEvaluate, evaluate } from '../../server/core/cql2/evaluate.ts';
import { parseFilter } from '../../server/core/cql2/parse-text.ts';
import { printText } from '../../server/core/cql2/print-text.ts';
import { propertiesOf } from '../../server/core/cql2/properties.ts';
import { cql2ToSql } from '../../server/query/cql2.ts';
import { sql, toQuery } from '../../server/query/sql.ts';
import { openRows, ROWS } from '../support/cql2-rows.ts';
import { type Row, truth } from '../support/cql2-truth.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';
import { fittingPredicate, LAYER } from '../unit/core/cql2/arbitrary.ts';

/** Fields that are texts. */
const TEXTS = ['kind', 'place'];

describe('a CQL2 filter in PostgreSQL', () => {
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

  async function selected(filter: string): Promise<number[]> {
    const condition = cql2ToSql(checkFilter(parseFilter(filter), LAYER), LAYER);
    const { text, values } = toQuery(sql`SELECT id FROM record WHERE ${condition} ORDER BY id`);
    const { rows } = await client.query<{ id: number }>(text, [...values]);
    return rows.map(({ id }) => id);
  }

  const satisfying = (predicate: Predicate) =>
    [...ROWS.keys()].filter((id) => truth(predicate, ROWS[id] as Row) === true);

  it('selects what an evaluator of three-valued logic selects', async function () {
    this.timeout(60_000);
    const sizes = { none: 0, some: 0, all: 0 };
    const seen = new Set<string>();
    let evaluated = 0;
    await fc.assert(
      fc.asyncProperty(fittingPredicate, async (predicate) => {
        const ids = await selected(printText(predicate));
        expect(ids, printText(predicate)).to.deep.equal(satisfying(predicate));
        sizes[ids.length === 0 ? 'none' : ids.length === ROWS.length ? 'all' : 'some'] += 1;
        for (const [, op] of JSON.stringify(predicate).matchAll(/"op":"([^"]+)"/g)) seen.add(op as string);
        // What need not be asked of the database says the same.
        if (!canEvaluate(predicate) || propertiesOf(predicate).some((name) => !TEXTS.includes(name))) return;
        const textOf = (row: Row) => (name: string) => row[name] as string | null;
        const told = [...ROWS.keys()].filter((id) => evaluate(predicate, textOf(ROWS[id] as Row)) === true);
        expect(told).to.deep.equal(ids);
        evaluated += 1;
      }),
      { numRuns: 2000 },
    );
    expect(evaluated, 'filters on texts').to.be.greaterThan(20);
    expect(sizes.some, 'most filters tell records apart').to.be.greaterThan(400);
    expect(seen.size, 'every operator occurred').to.equal(50);
  });

  const operators = [
    'killed = 1',
    'killed <> injured',
    'killed < 2.5',
    'share >= killed',
    'killed BETWEEN 1 AND 2',
    'killed NOT BETWEEN 1 AND injured',
    "kind IN ('a', 'Éb')",
    "kind NOT IN ('a', place)",
    "kind LIKE 'a%'",
    "kind LIKE 'a\\%'",
    "kind LIKE 'a\\\\\\\\_'",
    "kind NOT LIKE '_'",
    "kind > 'a'",
    "kind BETWEEN 'B' AND 'b'",
    'claimed = TRUE',
    'NOT claimed = TRUE',
    'claimed IS NULL OR claimed = FALSE',
    '(claimed = TRUE) IS NULL',
    "seen >= '2022-03-27'",
    "heard < '2022-03-27T00:00:00Z'",
    "valid_from < DATE('2013-01-11')",
    'valid_from IS NULL AND valid_to IS NOT NULL',
    "valid_from IN ('2012-01-01', '2022-12-31')",
    'valid_from = seen',
    "commodities = 'a'",
    "commodities <> 'a'",
    "commodities IN ('b', 'ab')",
    "commodities NOT IN ('b', kind)",
    'kind = commodities',
    "CASEI(kind) = 'éb'",
    "CASEI(kind) IN (CASEI('SS'), 'ab')",
    "ACCENTI(kind) = 'Eb'",
    "ACCENTI(CASEI(kind)) LIKE ACCENTI(CASEI('É%'))",
    "kind LIKE CASEI('A%')",
    'killed + injured > 3',
    'killed - 1 = -(1 - injured)',
    'killed * share >= 2',
    'injured / killed = 1',
    '(injured / killed) IS NULL',
    'killed % 2 = 1',
    'killed div 2 = 1',
    'share ^ 2 > killed + 1',
    "A_CONTAINS(commodities, ('a', 'b'))",
    "A_CONTAINEDBY(commodities, ('a', 'b'))",
    "A_EQUALS(wanted, ('a', 'b'))",
    'A_OVERLAPS(commodities, wanted)',
    'A_CONTAINS(commodities, ())',
    "T_INTERSECTS(valid, INTERVAL('2013-01-11', '2022-03-26'))",
    "T_DURING(valid, INTERVAL('2012-12-31', '2023-06-01'))",
    "T_AFTER(valid, DATE('2013-01-11'))",
    'T_BEFORE(seen, heard)',
    "T_MEETS(valid, DATE('2023-01-01'))",
    "T_EQUALS(valid, INTERVAL('2022-03-27', '2022-12-31'))",
    "T_STARTS(DATE('2013-01-11'), valid)",
    "T_CONTAINS(INTERVAL(valid_from, '..'), heard)",
    "T_DISJOINT(INTERVAL('..', '2012-06-01'), valid)",
    'S_INTERSECTS(geometry, BBOX(0, 0, 1, 1))',
    'S_WITHIN(geometry, POLYGON((0 0, 4 0, 4 4, 0 4, 0 0)))',
    'S_CONTAINS(geometry, POINT(2 2))',
    'S_DISJOINT(geometry, LINESTRING(0 0, 0 4))',
    'S_TOUCHES(geometry, BBOX(2, 0, 4, 1))',
    'S_CROSSES(geometry, BBOX(0, 0, 2, 2))',
    'S_OVERLAPS(geometry, BBOX(2, 2, 4, 4))',
    'S_EQUALS(geometry, BBOX(1, 1, 3, 3))',
    'S_DWITHIN(geometry, POINT(3 3), 130000)',
  ];
  for (const filter of operators) {
    it(`selects some records, and the right ones, by ${filter}`, async () => {
      const ids = await selected(filter);
      expect(ids).to.deep.equal(satisfying(checkFilter(parseFilter(filter), LAYER).predicate));
      expect(ids.length).to.be.within(1, ROWS.length - 1);
    });
  }

  it('orders text by code point whatever the locale of the database', async () => {
    expect(await selected("kind < 'aB' AND kind <> ''")).to.deep.equal(
      satisfying(parseFilter("kind IN ('a', 'a%', 'a''b', 'SS')").predicate),
    );
  });

  it('runs the deepest and the longest filters', async function () {
    this.timeout(60_000);
    expect(await selected(`${'NOT '.repeat(98)}killed = 1`)).to.deep.equal(await selected('killed = 1'));
    const long = Array.from({ length: 400 }, (_, k) => `killed = ${k}`).join(' OR ');
    expect(await selected(long)).to.deep.equal(await selected('killed BETWEEN 0 AND 399'));
    expect(await selected(`killed${' + 1'.repeat(97)} = 98`)).to.deep.equal(await selected('killed = 1'));
    const sums = Array.from({ length: 400 }, (_, k) => `killed+1=${k + 1}`).join(' OR ');
    expect(await selected(sums)).to.deep.equal(await selected('killed BETWEEN 0 AND 399'));
    expect(await selected(`${'CASEI('.repeat(90)}kind${')'.repeat(90)} = 'éb'`)).to.deep.equal(
      await selected("CASEI(kind) = 'éb'"),
    );
    const star = Array.from({ length: 400 }, (_, k) => `${(k % 20) / 10} ${(k % 7) / 10}`).join(',');
    expect(await selected(`S_INTERSECTS(geometry, MULTIPOINT(${star}))`)).to.be.an('array');
  });
});
