import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Predicate } from '../../../../server/core/cql2/ast.ts';
import { checkFilter } from '../../../../server/core/cql2/check.ts';
import { parseFilter } from '../../../../server/core/cql2/parse-text.ts';
import { printText } from '../../../../server/core/cql2/print-text.ts';
import { InvalidFilter } from '../../../../server/core/errors.ts';
import { anyPredicate, fittingPredicate, LAYER } from './arbitrary.ts';

/** The checked filter, as text. */
const checked = (filter: string) => printText(checkFilter(parseFilter(filter), LAYER).predicate);
const checkTree = (predicate: unknown) =>
  checkFilter({ predicate: predicate as Predicate, positions: new WeakMap() }, LAYER);

describe('checkFilter', () => {
  const fitting = [
    'killed > 5 AND 5 < killed AND killed = injured AND killed < share',
    'killed > 2.5 AND share = 2',
    "kind = 'ied' AND 'ied' <> kind AND kind < place AND kind BETWEEN 'a' AND 'b'",
    'claimed = TRUE AND FALSE <> claimed AND claimed IN (TRUE, claimed)',
    "commodities = 'gold' AND kind <> commodities AND commodities IN ('gold', kind) AND 'gold' IN (kind, commodities)",
    'commodities IS NULL AND seen IS NOT NULL AND valid_to IS NULL',
    "kind LIKE 'a%' AND 'abc' NOT LIKE '_b\\_'",
    "1 = 2 OR 'a' = 'b' OR TIMESTAMP('2022-01-01T00:00:00Z') < TIMESTAMP('2023-01-01T00:00:00Z') OR 'a' IS NULL",
    'killed <= 9007199254740991 AND share > 1e+300',
    'NOT TRUE',
  ];
  for (const filter of fitting) it(`lets ${filter} through`, () => expect(checked(filter)).to.equal(filter));

  it('makes a plain day beside a date a date', () => {
    expect(checked("'2022-03-27' <= seen AND valid_from IN ('2022-01-01', recorded_at)")).to.equal(
      "DATE('2022-03-27') <= seen AND valid_from IN (DATE('2022-01-01'), recorded_at)",
    );
    expect(checked("seen BETWEEN '2022-01-01' AND DATE('2022-12-31')")).to.equal(
      "seen BETWEEN DATE('2022-01-01') AND DATE('2022-12-31')",
    );
    expect(checked("'2022-03-27' = DATE('2022-03-27')")).to.equal("DATE('2022-03-27') = DATE('2022-03-27')");
    expect(checked("kind = '2022-03-27'")).to.equal("kind = '2022-03-27'");
  });

  it('names the field that was meant, and all that there are', () => {
    expect(() => checked('place = kind AND kiled > 5'))
      .to.throw(
        InvalidFilter,
        /^There is no field "kiled"\. Did you mean "killed"\? Fields: geometry, kind, place, killed, .*recorded_at, valid\.$/,
      )
      .with.property('position', 17);
    expect(() => checked('Killed > 5')).to.throw(InvalidFilter, 'Did you mean "killed"?');
    expect(() => checked('kind = "ied"'))
      .to.throw(InvalidFilter, `There is no field "ied". If it is a value, write it in single quotes: 'ied'.`)
      .with.property('position', 7);
    expect(() => checked('constructor = 1')).to.throw(InvalidFilter, 'no field "constructor"');
    expect(() => checked(`${'x'.repeat(7_000)} = 1`)).to.throw(
      InvalidFilter,
      `There is no field "${'x'.repeat(39)}…".`,
    );
  });

  const refused: [filter: string, position: number, message: string][] = [
    ["killed = 'abc'", 9, `"killed" is a number: compare it with a number such as 5, not with 'abc'.`],
    ["5 < killed AND 'abc' = killed", 15, '"killed" is a number'],
    ['kind = 5', 7, `"kind" is a text: compare it with a text such as 'gold', not with 5.`],
    ['killed IN (1, TRUE)', 14, '"killed" is a number: compare it with a number such as 5, not with TRUE.'],
    ["killed BETWEEN 1 AND 'x'", 21, "not with 'x'"],
    [
      "seen > 'yesterday'",
      7,
      `"seen" is a date: compare it with a date such as DATE('2022-03-27'), not with 'yesterday'.`,
    ],
    ["seen > '2022-02-29'", 7, "not with '2022-02-29'"],
    ["seen = TIMESTAMP('2022-01-01T00:00:00Z')", 7, "not with TIMESTAMP('2022-01-01T00:00:00Z')"],
    ["claimed = 'yes'", 10, '"claimed" is a boolean: compare it with a boolean such as TRUE'],
    ['kind = killed', 7, '"kind" is a text, but "killed" is a number: they do not compare.'],
    ["1 = 'a'", 4, '1 is a number'],
    ['commodities = 5', 14, '"commodities" is a list of texts: compare it with a text'],
    ["commodities > 'a'", 0, '"commodities" is a list of texts: ask with =, <> or IN what it holds, not with >.'],
    ["kind BETWEEN 'a' AND commodities", 21, 'not with BETWEEN'],
    ['commodities = commodities', 14, 'compare it with one text'],
    ["commodities IN ('a', commodities)", 21, 'compare it with one text'],
    ["commodities LIKE 'a'", 0, 'LIKE is for text fields; "commodities" is a list of texts.'],
    ["killed LIKE '5%'", 0, 'LIKE is for text fields; "killed" is a number.'],
    ["seen LIKE '2022%'", 0, '"seen" is a date'],
    ["kind LIKE 'abc\\\\'", 10, 'ends in a backslash that escapes nothing'],
    ['claimed < TRUE', 0, '"claimed" is a boolean: ask with = or <>, not with <.'],
    ['killed BETWEEN TRUE AND FALSE', 15, 'ask with = or <>, not with BETWEEN'],
    ['killed = 9007199254740993', 9, '"killed" is compared with numbers from -9007199254740991 to 9007199254740991'],
    ['killed < 1e300', 9, '"killed" is compared with numbers'],
    ['NOT (TRUE OR x IS NULL)', 13, 'no field "x"'],
  ];
  for (const [filter, position, message] of refused) {
    it(`refuses ${filter} at ${position}`, () => {
      expect(() => checked(filter))
        .to.throw(InvalidFilter, message)
        .with.property('position', position);
    });
  }

  it('refuses what JSON can hold and PostgreSQL cannot', () => {
    const kind = { property: 'kind' };
    const share = { property: 'share' };
    const seen = { property: 'seen' };
    expect(() => checkTree({ op: '=', args: [kind, 'a\0'] })).to.throw(InvalidFilter, 'U+0000');
    expect(() => checkTree({ op: 'like', args: [kind, 'a\0'] })).to.throw(InvalidFilter, 'U+0000');
    expect(() => checkTree({ op: 'isNull', args: ['\0'] })).to.throw(InvalidFilter, 'U+0000');
    expect(() => checkTree({ op: '<', args: [share, JSON.parse('1e999')] })).to.throw(InvalidFilter, 'finite');
    expect(() => checkTree({ op: '=', args: [seen, { date: '2022-02-30' }] })).to.throw(InvalidFilter, 'calendar');
    expect(() => checkTree({ op: '=', args: [{ timestamp: 'now' }, { timestamp: 'now' }] })).to.throw(InvalidFilter);
  });

  it('changes nothing in what fits, and checks the same twice', () => {
    fc.assert(
      fc.property(fittingPredicate, (predicate) => {
        expect(checkTree(predicate).predicate).to.deep.equal(predicate);
      }),
    );
  });

  it('throws nothing but InvalidFilter for any tree', () => {
    fc.assert(
      fc.property(anyPredicate, (predicate) => {
        try {
          checkTree(predicate);
        } catch (error) {
          if (!(error instanceof InvalidFilter)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
