import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Classified, classify, directionOf } from '../../../server/analysis/emerging-hotspots/classify.ts';
import { adjustedP } from '../../../server/stats/benjamini-hochberg.ts';
import { emergingClass } from '../../../server/stats/emerging-class.ts';
import { mannKendall } from '../../../server/stats/mann-kendall.ts';
import type { Neighbours } from '../../../server/stats/neighbours.ts';
import { twoSidedP } from '../../../server/stats/normal-p.ts';

const CELLS = 12;
/** Cells in a circle, each with itself and the two beside it. */
const CIRCLE: Neighbours = {
  offsets: Int32Array.from({ length: CELLS + 1 }, (_, cell) => 3 * cell),
  members: Int32Array.from({ length: 3 * CELLS }, (_, at) => (Math.floor(at / 3) + (at % 3) - 1 + CELLS) % CELLS),
};

/** From the definitions, cell by cell and step by step. */
function slow(values: readonly number[], alpha: number) {
  const [n, steps] = [values.length, values.length / CELLS];
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / n - mean ** 2);
  const at = (step: number, cell: number) =>
    step < 0 ? 0 : (values[step * CELLS + ((cell + CELLS) % CELLS)] as number);
  const z = values.map((_, index) => {
    const [step, cell] = [Math.floor(index / CELLS), index % CELLS];
    const weight = step === 0 ? 3 : 6;
    const sum = [step, step - 1].flatMap((when) => [cell - 1, cell, cell + 1].map((where) => at(when, where)));
    return (
      (sum.reduce((all, each) => all + each, 0) - mean * weight) /
      (deviation * Math.sqrt((n * weight - weight ** 2) / (n - 1)))
    );
  });
  const adjusted = adjustedP(Float64Array.from(z, twoSidedP));
  const heats = z.map((score, index) => ((adjusted[index] as number) <= alpha ? Math.sign(score) : 0));
  const of = (list: readonly number[], cell: number) =>
    Array.from({ length: steps }, (_, step) => list[step * CELLS + cell] as number);
  return {
    z,
    heats,
    /** Where each value is so many events. */
    behind: (cell: number) => {
      const own = of(heats, cell);
      const counted = own.map((heat, step) => heat === 1 || own[step + 1] === 1);
      return counted.reduce(
        (sum, is, step) => sum + (is ? at(step, cell - 1) + at(step, cell) + at(step, cell + 1) : 0),
        0,
      );
    },
    classOf: (cell: number, trend: -1 | 0 | 1) => emergingClass(of(heats, cell), trend),
    seriesOf: (cell: number) => of(z, cell),
  };
}

const values = fc
  .integer({ min: 3, max: 12 })
  .chain((steps) =>
    fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(0, 0, 1) },
        { weight: 1, arbitrary: fc.integer({ min: 5, max: 40 }) },
      ),
      {
        minLength: steps * CELLS,
        maxLength: steps * CELLS,
      },
    ),
  )
  .filter((list) => new Set(list).size > 1);

const defined = (list: readonly number[], alpha = 0.05, events = list): Classified => {
  const found = classify({ values: Float64Array.from(list), events: Float64Array.from(events) }, CIRCLE, alpha);
  if ('notDefined' in found) throw new Error(found.notDefined);
  return found;
};

describe('classify', () => {
  it('is what the definitions make of random counts', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(0.01, 0.05, 0.1), (list, alpha) => {
        const [found, expected] = [defined(list, alpha), slow(list, alpha)];
        for (const [index, z] of found.z.entries()) expect(z).to.be.closeTo(expected.z[index] as number, 1e-9);
        expect([...found.heats]).to.deep.equal(expected.heats);
        for (let cell = 0; cell < CELLS; cell++) {
          // From the same z: where values are equal but for rounding, S would not be the same.
          const trend = mannKendall(
            Float64Array.from({ length: list.length / CELLS }, (_, step) => found.z[step * CELLS + cell] as number),
          );
          const direction = 'notDefined' in trend ? 0 : directionOf(trend, alpha);
          const [of, behind] = [expected.classOf(cell, direction), expected.behind(cell)];
          expect(found.behind[cell]).to.equal(behind);
          expect(found.classes[cell]).to.equal(of.endsWith('_hot') && behind < 5 ? 'too_few' : of);
          if ('notDefined' in trend) expect(found.trends[cell]).to.equal(undefined);
          else expect(found.trends[cell]).to.deep.equal(trend);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('does not change when a constant is added, nor where cells are numbered from elsewhere on', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), (list, by) => {
        const found = defined(list);
        expect(
          defined(
            list.map((value) => value + 100 * by),
            0.05,
            list,
          ),
        ).to.deep.equal(found);
        const turned = list.map(
          (_, index) => list[Math.floor(index / CELLS) * CELLS + ((index + by) % CELLS)] as number,
        );
        const { classes } = defined(turned);
        expect(classes).to.deep.equal(found.classes.map((_, cell) => found.classes[(cell + by) % CELLS]));
      }),
      { numRuns: 100 },
    );
  });

  it('calls no hexagon hot by fewer than five events, however large they are', () => {
    const steps = 8;
    const of = (events: number) => {
      const list = Array.from({ length: steps * CELLS }, (_, index) =>
        index === (steps - 1) * CELLS + 5 ? events : 0,
      );
      return defined(
        list.map((value) => 100 * value),
        0.05,
        list,
      ).classes.slice(3, 8);
    };
    expect(of(4)).to.deep.equal(['none', 'too_few', 'too_few', 'too_few', 'none']);
    expect(of(5)).to.deep.equal(['none', 'new_hot', 'new_hot', 'new_hot', 'none']);
  });

  it('says why there are no classes', () => {
    const reason = (list: readonly number[], neighbours = CIRCLE) => {
      const found = classify({ values: Float64Array.from(list), events: Float64Array.from(list) }, neighbours, 0.05);
      return 'notDefined' in found ? found.notDefined : undefined;
    };
    const of = (steps: number, value: number) => Array.from({ length: steps * CELLS }, () => value);
    expect(reason(of(5, 0))).to.equal('all-zero');
    expect(reason(of(5, 2))).to.equal('all-equal');
    expect(reason([...of(1, 2), ...of(1, 3)])).to.equal('too-few-steps');
    expect(reason([])).to.equal('too-few-steps');
    expect(reason([1, 2, 3, 4], { offsets: Int32Array.of(0, 1), members: Int32Array.of(0) })).to.equal('one-cell');
    const both = { offsets: Int32Array.of(0, 2, 4), members: Int32Array.of(0, 1, 0, 1) };
    expect(reason([1, 2, 3, 4, 5, 6], both)).to.equal('ring-covers-all');
  });
});
