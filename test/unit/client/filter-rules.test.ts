import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type FilterField, toFilterFields } from '../../../client/filter/fields.ts';
import { isComplete, operatorsOf, type Rule, toPredicate, toRules, valuesOf } from '../../../client/filter/rules.ts';
import { checkFilter } from '../../../server/core/cql2/check.ts';
import { parseFilter } from '../../../server/core/cql2/parse-text.ts';
import { printText } from '../../../server/core/cql2/print-text.ts';
import { recordFields } from '../../../server/core/layer.ts';
import { toQueryables } from '../../../server/core/queryables.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const field = (name: string, type: FilterField['type'], words?: readonly string[]): FilterField => ({
  ...{ name, title: name, type, unit: null },
  values: words?.map((value) => ({ value, title: { en: value, fr: value } })) ?? null,
});
const WORDS = ['ied', "l'embuscade", 'autre'];
const FIELDS = [
  field('kind', 'string', WORDS),
  field('place', 'string'),
  field('killed', 'integer'),
  field('share', 'number'),
  field('armed', 'boolean'),
  field('date', 'date'),
  field('seen', 'datetime'),
  field('goods', 'strings', WORDS),
];

const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const anyValue = ({ type, values }: FilterField): fc.Arbitrary<string | number | boolean> => {
  if (values) return fc.constantFrom(...values.map(({ value }) => value));
  if (type === 'integer') return fc.integer();
  if (type === 'number')
    return fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((n) => n + 0);
  if (type === 'boolean') return fc.boolean();
  if (type === 'date') return day.map((date) => date.toISOString().slice(0, 10));
  if (type === 'datetime') return day.map((date) => `${date.toISOString().slice(0, 19)}Z`);
  const awkward = fc.string({ minLength: 1, unit: fc.constantFrom('\\', '%', '_', "'", '"', 'a', 'é') });
  return fc.oneof(awkward, fc.string({ minLength: 1, unit: 'grapheme' })).filter((text) => !text.includes('\0'));
};
const ruleOf = (each: FilterField): fc.Arbitrary<Rule> =>
  fc.constantFrom(...operatorsOf(each)).chain((operator) => {
    const wanted = valuesOf(operator);
    const sizes = wanted === null ? { minLength: 1, maxLength: 4 } : { minLength: wanted, maxLength: wanted };
    return fc.array(anyValue(each), sizes).map((values) => ({ field: each.name, operator, values }));
  });
const rules = fc.array(fc.constantFrom(...FIELDS).chain(ruleOf), { minLength: 1, maxLength: 6 });

describe('the form of a filter', () => {
  it('comes back from its own text as it was', () => {
    fc.assert(
      fc.property(rules, fc.constantFrom('and' as const, 'or' as const), (list, combine) => {
        const predicate = toPredicate({ combine, rules: list }, FIELDS) ?? expect.fail();
        const read = toRules(parseFilter(printText(predicate)).predicate, FIELDS);
        expect(read).to.deep.equal({ combine: list.length > 1 ? combine : 'and', rules: list });
      }),
      { numRuns: 400 },
    );
  });

  it('writes what the server takes: every operator of every field of a layer', () => {
    const fields = toFilterFields(
      toQueryables(EVENTS_LAYER as never, 'http://x', 'en') as never,
      recordFields(EVENTS_LAYER),
    );
    expect(fields.map(({ name }) => name)).to.include.members(['kind', 'killed', 'valid_from', 'confidence']);
    expect(fields.map(({ name }) => name))
      .to.not.include('geometry')
      .and.not.include('valid');
    for (const each of fields) {
      for (const operator of operatorsOf(each)) {
        const [rule] = fc.sample(
          ruleOf(each).filter((candidate) => candidate.operator === operator),
          1,
        );
        const predicate = toPredicate({ combine: 'and', rules: [rule as Rule] }, fields) ?? expect.fail();
        const text = printText(predicate);
        expect(() => checkFilter(parseFilter(text), EVENTS_LAYER as never), text).to.not.throw();
      }
    }
  });

  it('leaves out what is not said yet, and is no filter when nothing is', () => {
    const half: Rule = { field: 'killed', operator: '>=', values: [] };
    const whole: Rule = { field: 'killed', operator: '<=', values: [9] };
    expect([isComplete(half), isComplete(whole)]).to.deep.equal([false, true]);
    expect(toPredicate({ combine: 'and', rules: [half] }, FIELDS)).to.equal(null);
    const text = printText(toPredicate({ combine: 'or', rules: [half, whole] }, FIELDS) ?? expect.fail());
    expect(text).to.equal('killed <= 9');
  });

  it('takes one word of a closed list for a choice of one', () => {
    const read = (text: string) => toRules(parseFilter(text).predicate, FIELDS)?.rules;
    expect(read("kind = 'ied'")).to.deep.equal([{ field: 'kind', operator: 'in', values: ['ied'] }]);
    expect(read("goods <> 'ied'")).to.deep.equal([{ field: 'goods', operator: 'notIn', values: ['ied'] }]);
  });

  it('does not take on what it could not show', () => {
    const texts = [
      "kind IN ('unknown')",
      'killed > 1 AND (killed < 5 OR killed > 9)',
      "place LIKE 'Gao%'",
      "ACCENTI(CASEI(place)) LIKE ACCENTI(CASEI('%g_o%'))",
      'killed > share',
      'other = 1',
      'NOT killed > 1',
      'killed + 1 > 2',
    ];
    for (const text of texts) expect(toRules(parseFilter(text).predicate, FIELDS), text).to.equal(null);
  });
});
