import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { MAX_DEPTH } from '../../../../server/core/cql2/build.ts';
import { parseFilter } from '../../../../server/core/cql2/parse-text.ts';
import { printText } from '../../../../server/core/cql2/print-text.ts';
import { MAX_LENGTH } from '../../../../server/core/cql2/tokens.ts';
import { InvalidFilter } from '../../../../server/core/errors.ts';
import { nearlyFilter } from './arbitrary.ts';

const tree = (filter: string) => parseFilter(filter).predicate;
const killed = { property: 'killed' };
const kind = { property: 'kind' };
const more = { op: '>', args: [killed, 5] };
const ied = { op: '=', args: [kind, 'ied'] };

describe('parseFilter', () => {
  const read: [filter: string, tree: unknown][] = [
    ['killed > 5', more],
    ['5 <= killed', { op: '<=', args: [5, killed] }],
    ['killed <> -2.5', { op: '<>', args: [killed, -2.5] }],
    ['killed = -0', { op: '=', args: [killed, 0] }],
    ['killed < +3', { op: '<', args: [killed, 3] }],
    ['killed = "in"', { op: '=', args: [killed, { property: 'in' }] }],
    ["kind = 'l''IED'", { op: '=', args: [kind, "l'IED"] }],
    ["seen >= date('2022-03-27')", { op: '>=', args: [{ property: 'seen' }, { date: '2022-03-27' }] }],
    [
      "t < TIMESTAMP('2022-03-27T06:00:00.5Z')",
      { op: '<', args: [{ property: 't' }, { timestamp: '2022-03-27T06:00:00.5Z' }] },
    ],
    ['claimed = true', { op: '=', args: [{ property: 'claimed' }, true] }],
    ['FALSE', false],
    ["kind LIKE 'ie\\%%'", { op: 'like', args: [kind, 'ie\\%%'] }],
    ["kind NOT LIKE 'i_d'", { op: 'not', args: [{ op: 'like', args: [kind, 'i_d'] }] }],
    ['killed BETWEEN 1 AND 5', { op: 'between', args: [killed, 1, 5] }],
    ['killed not between 1 and 5', { op: 'not', args: [{ op: 'between', args: [killed, 1, 5] }] }],
    ["kind IN ('ied', 'mine')", { op: 'in', args: [kind, ['ied', 'mine']] }],
    ["kind NOT IN ('ied')", { op: 'not', args: [{ op: 'in', args: [kind, ['ied']] }] }],
    ['kind IS NULL', { op: 'isNull', args: [kind] }],
    ['kind is not null', { op: 'not', args: [{ op: 'isNull', args: [kind] }] }],
    ["killed > 5 AND kind = 'ied' OR TRUE", { op: 'or', args: [{ op: 'and', args: [more, ied] }, true] }],
    ["killed > 5 AND (kind = 'ied' OR TRUE)", { op: 'and', args: [more, { op: 'or', args: [ied, true] }] }],
    ["NOT killed > 5 AND kind = 'ied'", { op: 'and', args: [{ op: 'not', args: [more] }, ied] }],
    ['killed BETWEEN 1 AND 5 AND killed > 5', { op: 'and', args: [{ op: 'between', args: [killed, 1, 5] }, more] }],
    ['TRUE AND TRUE AND FALSE', { op: 'and', args: [true, true, false] }],
    ['(TRUE AND TRUE) AND FALSE', { op: 'and', args: [{ op: 'and', args: [true, true] }, false] }],
    ['((killed) > (5))', more],
    ['\tkilled\r\n>5 ', more],
  ];
  for (const [filter, expected] of read) {
    it(`reads ${JSON.stringify(filter)}`, () => expect(tree(filter)).to.deep.equal(expected));
  }

  const refused: [filter: string, position: number, message: string][] = [
    ['', 0, 'Expected a value at character 0, where the filter ends.'],
    ['killed =', 8, 'Expected a value after "=" at character 8, where the filter ends.'],
    ['killed = = 5', 9, 'Expected a value after "=" at character 9, not "=".'],
    [
      'killed',
      6,
      'Expected a comparison (=, <>, <, <=, >, >=, LIKE, BETWEEN, IN, IS NULL) after "killed" at character 6, where the filter ends.',
    ],
    ['TRUE AND killed OR TRUE', 16, 'after "killed" at character 16, not "OR".'],
    ['killed > 5 kind', 11, 'Expected AND, OR or the end of the filter after "5" at character 11, not "kind".'],
    ['1 < killed < 9', 11, 'Expected AND, OR or the end of the filter after "killed" at character 11, not "<".'],
    ['killed > 5)', 10, 'Expected AND, OR or the end of the filter after "5" at character 10, not ")".'],
    ['(killed > 5', 11, 'Expected AND, OR or ")" after "5" at character 11, where the filter ends.'],
    ['(killed', 7, 'Expected an operator or ")" after "killed"'],
    ['(killed > 5) = TRUE', 0, 'Expected a field or a value at character 0, not a condition.'],
    ['TRUE = (killed > 5)', 7, 'Expected a field or a value at character 7, not a condition.'],
    ['killed NOT 5', 11, 'Expected LIKE, BETWEEN or IN after "NOT" at character 11, not "5".'],
    ['killed IS 5', 10, 'Expected NULL or NOT NULL after "IS"'],
    ['killed IS NOT 5', 14, 'Expected NULL after "NOT"'],
    ['killed = NULL', 9, 'NULL is compared with IS NULL or IS NOT NULL'],
    ['kind LIKE place', 10, `Expected a pattern such as 'Mop%' after "LIKE" at character 10, not "place".`],
    ['killed BETWEEN 1 OR 5', 17, 'Expected AND and the upper bound of BETWEEN after "1"'],
    ['killed IN ()', 11, 'Expected a value after "("'],
    ['killed IN 5', 10, 'Expected "(" after "IN"'],
    ['killed IN (1 2)', 13, 'Expected "," or ")" after "1"'],
    [
      "seen = DATE('2022-02-30')",
      12,
      `Expected a day such as '2022-03-27' after "(" at character 12, not '2022-02-30'.`,
    ],
    ["seen = DATE('0000-01-01')", 12, 'Expected a day'],
    ["seen = TIMESTAMP('2022-03-27')", 17, "Expected a time such as '2022-03-27T06:00:00Z'"],
    ["seen = TIMESTAMP('2022-03-27T24:00:00Z')", 17, 'Expected a time'],
    ['date > 5', 0, 'a field called date is written "date"'],
    ['avg(killed) > 2', 0, 'Functions such as "avg" are not supported'],
  ];
  for (const [filter, position, message] of refused) {
    it(`refuses ${JSON.stringify(filter)} at ${position}`, () => {
      expect(() => parseFilter(filter))
        .to.throw(InvalidFilter, message)
        .with.property('position', position);
    });
  }

  it('keeps the position of every argument beside the tree', () => {
    const { predicate, positions } = parseFilter("NOT (killed > 5 OR kind IN ('a', place))");
    const not = predicate as unknown as { args: [{ args: [{ args: unknown[] }, { args: [unknown, unknown[]] }] }] };
    const or = not.args[0];
    const lists = [not.args, or.args, or.args[0].args, or.args[1].args, or.args[1].args[1]];
    expect(lists.map((args) => positions.get(args))).to.deep.equal([[4], [5, 19], [5, 14], [19, 27], [28, 33]]);
  });

  it(`takes ${MAX_DEPTH} levels of operators, and no more, whatever brackets stand around them`, () => {
    const nested = (levels: number) => `${'(NOT '.repeat(levels)}TRUE${')'.repeat(levels)}`;
    expect(tree(nested(MAX_DEPTH))).to.be.an('object');
    expect(() => tree(nested(MAX_DEPTH + 1))).to.throw(InvalidFilter, `at most ${MAX_DEPTH} levels deep`);
    expect(tree(`killed${' + 1'.repeat(MAX_DEPTH - 1)} > 5`)).to.be.an('object');
    expect(() => tree(`killed${' + 1'.repeat(MAX_DEPTH)} > 5`)).to.throw(InvalidFilter, `at most ${MAX_DEPTH} levels`);
    expect(tree(`${'('.repeat(MAX_DEPTH)}TRUE${')'.repeat(MAX_DEPTH)}`)).to.equal(true);
    expect(() => tree(`${'('.repeat(1_000)}TRUE`)).to.throw(InvalidFilter, `at most ${MAX_DEPTH} levels`);
  });

  it('reads the longest and most crooked filters in little time', function () {
    this.timeout(30_000);
    const fill = (piece: string, end = '') => piece.repeat(Math.floor((MAX_LENGTH - end.length) / piece.length)) + end;
    const awkward = [
      '(',
      'NOT ',
      '-',
      "'",
      "''",
      '"',
      '\\',
      '((TRUE) AND ',
      'a=',
      'a BETWEEN ',
      'a IN (',
      '1',
      '.',
      '<',
    ];
    const further = ['1+', '-(', 'casei(', 'POLYGON((', 'A_EQUALS((', 'GEOMETRYCOLLECTION(POINT(1 2),', 'T_AFTER('];
    for (const piece of [...awkward, ...further, '(a) AND (', 'NOT (', 'a NOT '])
      expect(() => tree(fill(piece))).to.throw(InvalidFilter);
    expect(tree(fill('a=1 or ', 'a=1')))
      .to.have.property('args')
      .with.length.greaterThan(1_000);
    expect(tree(fill('NOT (NOT (TRUE)) AND ', 'TRUE'))).to.have.property('op', 'and');
  });

  it('throws nothing but InvalidFilter, at a place inside the text, whatever it is given', () => {
    let accepted = 0;
    fc.assert(
      fc.property(nearlyFilter(printText), (filter) => {
        try {
          parseFilter(filter);
          accepted += 1;
        } catch (error) {
          if (!(error instanceof InvalidFilter)) throw error;
          expect(error.position).to.be.within(0, filter.length);
        }
      }),
      { numRuns: 3000 },
    );
    expect(accepted, 'some of them are filters').to.be.greaterThan(20);
  });
});
