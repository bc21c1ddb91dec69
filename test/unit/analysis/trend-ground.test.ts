import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { addGround } from '../../../server/analysis/trend/ground.ts';
import { Gathered } from '../../../server/analysis/trend/series.ts';

const STEPS = 6;
const keyed = (nth: number) => `0:${nth}` as const;

const span = fc.record({
  class: fc.constantFrom('A', 'B', null),
  first_step: fc.integer({ min: 0, max: STEPS - 1 }),
  length: fc.integer({ min: 1, max: STEPS }),
});
const spans = fc
  .array(span, { minLength: 1, maxLength: 7 })
  .map((all) => all.map(({ length, ...own }) => ({ ...own, end_step: Math.min(STEPS, own.first_step + length) })));
const pieces = fc.array(
  fc.record({
    unit: fc.constantFrom(null, 1, 'cell'),
    members: fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 5 }),
    area_m2: fc.integer({ min: 1, max: 1_000 }),
  }),
  { maxLength: 20 },
);

describe('ground in steps', () => {
  it('is that of any record in force, once, as looking at each piece and step by itself finds it', () => {
    fc.assert(
      fc.property(spans, pieces, (held, found) => {
        const isThere = (nth: number, step: number) => {
          const own = held[nth];
          return own !== undefined && own.first_step <= step && step < own.end_step;
        };
        const gathered = new Gathered(STEPS, true);
        addGround(
          found.map(({ unit, members, area_m2 }) => ({ unit, area_m2, keys: members.map(keyed) })),
          new Map(held.map((own, nth) => [keyed(nth), own])),
          { gathered, isClassed: true },
        );
        const steps = Array.from({ length: STEPS }, (_, step) => step);
        const areas = (unit: number | string | null, isOf: (nth: number) => boolean) =>
          steps.map((step) =>
            found
              .filter((piece) => piece.unit === unit)
              .filter(({ members }) => members.some((nth) => isOf(nth) && isThere(nth, step)))
              .reduce((sum, { area_m2 }) => sum + area_m2, 0),
          );
        const counts = (unit: number | string | null, isOf: (nth: number) => boolean) => {
          const own = new Set(found.filter((piece) => piece.unit === unit).flatMap(({ members }) => members));
          return steps.map((step) => [...own].filter((nth) => isOf(nth) && isThere(nth, step)).length);
        };
        const all = () => true;
        expect([...gathered.whole.values]).to.deep.equal(areas(null, all));
        expect([...gathered.whole.events]).to.deep.equal(counts(null, all));
        for (const [unit, series] of gathered.units) {
          expect([...series.values]).to.deep.equal(areas(unit, all));
          expect([...series.events]).to.deep.equal(counts(unit, all));
        }
        for (const { name, series } of gathered.inOrder()) {
          const isOf = (nth: number) => held[nth]?.class === name;
          expect([...series.values]).to.deep.equal(areas(null, isOf));
          expect([...series.events]).to.deep.equal(counts(null, isOf));
        }
      }),
    );
  });
});
