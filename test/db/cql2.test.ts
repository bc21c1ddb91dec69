import { expect } from 'chai';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import pg from 'pg';
import type { Predicate, Scalar } from '../../server/core/cql2/ast.ts';
import { checkFilter } from '../../server/core/cql2/check.ts';
import { canEvaluate, evaluate } from '../../server/core/cql2/evaluate.ts';
import { parseFilter } from '../../server/core/cql2/parse-text.ts';
import { printText } from '../../server/core/cql2/print-text.ts';
import { propertiesOf } from '../../server/core/cql2/properties.ts';
import { InvalidFilter } from '../../server/core/errors.ts';
import { cql2ToSql } from '../../server/query/cql2.ts';
import { sql, toQuery } from '../../server/query/sql.ts';
import { anyPredicate, DAYS, fittingPredicate, LAYER, nearlyFilter, WORDS } from '../unit/core/cql2/arbitrary.ts';

/** A record as the evaluator below sees it: null is unknown. */
type Row = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;
type Truth = boolean | null;

/** Values for every field, taken in turn with steps that have no common factor, so that they meet in many ways. */
const VALUES = {
  kind: [...WORDS, null],
  place: [null, ...WORDS.toReversed()],
  killed: [-1, 0, 1, 2, 3, null, 1e15],
  injured: [null, 0, 1, 3, 2],
  share: [0.5, null, 2, 2.5, -1, 1e15],
  claimed: [true, false, null],
  seen: [...DAYS, null, '2013-01-11'],
  commodities: [[], ['a'], null, ['a', 'b'], ['ab', 'Éb', "a'b"]],
  valid_from: [null, ...DAYS],
  valid_to: ['2023-01-01', null],
  precision_m: [0, 1, null],
  recorded_at: ['2022-03-27', null],
};
/** Fields that are texts. */
const TEXTS = ['kind', 'place'];
const ROWS: readonly Row[] = Array.from({ length: 120 }, (_, row) =>
  Object.fromEntries(Object.entries(VALUES).map(([name, values]) => [name, values[row % values.length] ?? null])),
);

/** CQL2's three-valued logic, written from the standard's truth tables and not from SQL. */
function truth(predicate: Predicate, row: Row): Truth {
  if (typeof predicate === 'boolean') return predicate;
  switch (predicate.op) {
    case 'and':
      return allOf(predicate.args.map((arg) => truth(arg, row)));
    case 'or':
      return not(allOf(predicate.args.map((arg) => not(truth(arg, row)))));
    case 'not':
      return not(truth(predicate.args[0], row));
    case 'isNull':
      return valueIn(predicate.args[0], row) === null;
    case 'like':
      return matches(valueIn(predicate.args[0], row), predicate.args[1]);
    case 'between': {
      const [value, low, high] = predicate.args;
      return allOf([truth({ op: '>=', args: [value, low] }, row), truth({ op: '<=', args: [value, high] }, row)]);
    }
    case 'in': {
      const [value, list] = predicate.args;
      return not(allOf(list.map((member) => not(truth({ op: '=', args: [value, member] }, row)))));
    }
    default: {
      const [left, right] = predicate.args.map((arg) => valueIn(arg, row));
      return compare(predicate.op, left ?? null, right ?? null);
    }
  }
}

const not = (value: Truth): Truth => (value === null ? null : !value);

function allOf(values: readonly Truth[]): Truth {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}

function valueIn(scalar: Scalar, row: Row): Row[string] {
  if (typeof scalar !== 'object') return scalar;
  if ('property' in scalar) return row[scalar.property] ?? null;
  return 'date' in scalar ? scalar.date : scalar.timestamp;
}

function compare(op: string, left: Row[string], right: Row[string]): Truth {
  if (typeof left === 'object' && left) return holds(left, right, op);
  if (typeof right === 'object' && right) return holds(right, left, op);
  if (left === null || right === null) return null;
  const order =
    typeof left === 'string' ? Buffer.compare(Buffer.from(left), Buffer.from(String(right))) : +left - +right;
  const outcomes = {
    '=': order === 0,
    '<>': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  };
  return outcomes[op as keyof typeof outcomes];
}

/** A list equals a value that one of its elements equals; so an empty list equals nothing, not even the unknown. */
function holds(list: readonly string[], value: Row[string], op: string): Truth {
  const found = not(allOf(list.map((element) => not(compare('=', element, value)))));
  return op === '=' ? found : not(found);
}

function matches(value: Row[string], pattern: string): Truth {
  if (value === null) return null;
  const parts = [...pattern.matchAll(/\\(.)|(%)|(_)|(.)/gsu)].map(([, escaped, any, one, plain]) => {
    if (any) return '.*';
    return one ? '.' : ((escaped ?? plain) as string).replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 'su').test(String(value));
}

describe('a CQL2 filter in PostgreSQL', () => {
  let client: pg.Client;

  before(async function () {
    if (process.env.NO_CLUSTER === '1') return this.skip();
    client = new pg.Client({ connectionString: process.env.TEST_CLUSTER_URL });
    await client.connect();
    // Text sorts as in dictionaries here, which filters must not notice.
    await client.query(`CREATE TEMP TABLE record (
      id integer, kind text COLLATE "und-x-icu", place text COLLATE "und-x-icu",
      commodities text[] COLLATE "und-x-icu", killed bigint, injured bigint, precision_m bigint,
      share double precision, claimed boolean, seen date, valid tstzrange, recorded_at date)`);
    for (const [id, row] of ROWS.entries()) {
      const { valid_from, valid_to, ...columns } = row;
      const names = Object.keys(columns);
      await client.query(
        `INSERT INTO record (id, valid, ${names}) VALUES ($1, tstzrange($2, $3), ${names.map((_, k) => `$${k + 4}`)})`,
        [id, valid_from && `${valid_from}T00:00:00Z`, valid_to && `${valid_to}T00:00:00Z`, ...Object.values(columns)],
      );
    }
    // Days are UTC days wherever the server stands; here it is still yesterday at midnight UTC.
    await client.query("SET timezone TO 'America/Bogota'");
  });

  after(() => client?.end());

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
    let evaluated = 0;
    await fc.assert(
      fc.asyncProperty(fittingPredicate, async (predicate) => {
        const ids = await selected(printText(predicate));
        expect(ids).to.deep.equal(satisfying(predicate));
        sizes[ids.length === 0 ? 'none' : ids.length === ROWS.length ? 'all' : 'some'] += 1;
        // What need not be asked of the database says the same.
        if (!canEvaluate(predicate) || propertiesOf(predicate).some((name) => !TEXTS.includes(name))) return;
        const textOf = (row: Row) => (name: string) => row[name] as string | null;
        expect([...ROWS.keys()].filter((id) => evaluate(predicate, textOf(ROWS[id] as Row)) === true)).to.deep.equal(
          ids,
        );
        evaluated += 1;
      }),
      { numRuns: 1500 },
    );
    expect(evaluated, 'filters on texts').to.be.greaterThan(20);
    expect(sizes.some, 'most filters tell records apart').to.be.greaterThan(500);
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
    "seen >= '2022-03-27'",
    "valid_from < DATE('2013-01-11')",
    'valid_from IS NULL AND valid_to IS NOT NULL',
    "valid_from IN ('2012-01-01', '2022-12-31')",
    'valid_from = seen',
    "commodities = 'a'",
    "commodities <> 'a'",
    "commodities IN ('b', 'ab')",
    "commodities NOT IN ('b', kind)",
    'kind = commodities',
  ];
  for (const filter of operators) {
    it(`selects some records, and the right ones, by ${filter}`, async () => {
      const ids = await selected(filter);
      expect(ids).to.deep.equal(satisfying(checkFilter(parseFilter(filter), LAYER).predicate));
      expect(ids.length).to.be.within(1, ROWS.length - 1);
    });
  }

  it('never sees PostgreSQL refuse a filter that was let through', async function () {
    this.timeout(60_000);
    let accepted = 0;
    const candidates = fc.oneof(nearlyFilter(printText), anyPredicate.map(printText));
    await fc.assert(
      fc.asyncProperty(candidates, async (candidate) => {
        try {
          // The table has no other fields of records than these.
          if (!/date_precision|confidence|source|locator|note|handling|record_id/.test(candidate))
            await selected(candidate);
          accepted += 1;
        } catch (error) {
          if (!(error instanceof InvalidFilter)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
    expect(accepted, 'some of them are filters').to.be.greaterThan(100);
  });

  it('orders text by code point whatever the locale of the database', async () => {
    expect(await selected("kind < 'aB' AND kind <> ''")).to.deep.equal(
      satisfying(parseFilter("kind IN ('a', 'a%', 'a''b')").predicate),
    );
  });

  it('runs the deepest and the longest filters', async () => {
    expect(await selected(`${'NOT '.repeat(100)}killed = 1`)).to.deep.equal(await selected('killed = 1'));
    const long = Array.from({ length: 400 }, (_, k) => `killed = ${k}`).join(' OR ');
    expect(await selected(long)).to.deep.equal(await selected('killed BETWEEN 0 AND 399'));
  });
});
