import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseFilter } from '../../../../server/core/cql2/parse-text.ts';
import { printText } from '../../../../server/core/cql2/print-text.ts';
import { anyPredicate } from './arbitrary.ts';

describe('printText', () => {
  const printed: [filter: string, text: string][] = [
    ['((killed)>(+5))', 'killed > 5'],
    ["kind='l\\'ied' and(not kind like'a\\%%')", "kind = 'l''ied' AND kind NOT LIKE 'a\\%%'"],
    ['not(a=1 or b=2)and not a in(1,2)', 'NOT (a = 1 OR b = 2) AND a NOT IN (1, 2)'],
    ['(a=1 and b=2)or c=3', 'a = 1 AND b = 2 OR c = 3'],
    ['a=1 and(b=2 or c=3)', 'a = 1 AND (b = 2 OR c = 3)'],
    ['a=1 and(b=2 and c=3)', 'a = 1 AND (b = 2 AND c = 3)'],
    ['not a=1', 'NOT a = 1'],
    ['not not a is null', 'NOT (a IS NOT NULL)'],
    ['not a between-1 and 1e21', 'a NOT BETWEEN -1 AND 1e+21'],
    [`"killed"=1 or"date"=date('2022-01-01')`, `killed = 1 OR "date" = DATE('2022-01-01')`],
    ['"\u1680" = 1 or "\uFEFF" = 2', '"\u1680" = 1 OR "\uFEFF" = 2'],
    ['"a ""b"""=\'c\\\\d\ne\'', `"a ""b""" = 'c\\\\d\\ne'`],
  ];
  for (const [filter, text] of printed) {
    it(`prints ${text}`, () => expect(printText(parseFilter(filter).predicate)).to.equal(text));
  }

  it('prints what reads back as the same tree', () => {
    fc.assert(
      fc.property(anyPredicate, (predicate) => {
        expect(parseFilter(printText(predicate)).predicate).to.deep.equal(predicate);
      }),
      { numRuns: 2000 },
    );
  });

  it('is the tree of the CQL2 JSON encoding, which JSON carries unchanged', () => {
    fc.assert(
      fc.property(anyPredicate, (predicate) => {
        expect(JSON.parse(JSON.stringify(parseFilter(printText(predicate)).predicate))).to.deep.equal(predicate);
      }),
    );
  });
});
