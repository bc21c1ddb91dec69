import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { seededRandom } from '../../../server/stats/random.ts';
import { relocateWithin } from '../../../server/stats/relocate-within.ts';
import type { Grid } from '../../../server/stats/shift-ground.ts';
import { toroidalShift } from '../../../server/stats/toroidal-shift.ts';
import { AREAS, shiftPs, stepsFromUniform } from '../../support/shifts.ts';
import { whole } from '../../support/whole.ts';

/** Distance from the first column, and bands of it that end at two. */
function gridOf(columns: number, rows: number, isIn: (column: number, row: number) => boolean = () => true): Grid {
  const cells = Array.from(
    { length: columns * rows },
    (_, cell) => [cell % columns, Math.floor(cell / columns)] as const,
  );
  return {
    columns,
    rows,
    marks: Uint8Array.from(cells, ([column, row]) => Number(isIn(column, row))),
    band: Uint8Array.from(cells, ([column]) => (column < 2 ? 0 : 1)),
    distance: Float64Array.from(cells, ([column]) => column),
  };
}

const shifted = (grid: Grid, columns: number[], rows: number[], shifts = 999, seed = 1) =>
  whole(toroidalShift(grid, Int32Array.from(columns), Int32Array.from(rows), 2, shifts, seededRandom(seed)));

describe('toroidalShift', () => {
  it('has the exact p of one event, which is as likely in every column', () => {
    const found = shifted(gridOf(10, 4), [1], [2], 9_999);
    if ('notDefined' in found) throw new Error(found.notDefined);
    expect(found.observed.mean).to.equal(1);
    expect([...found.observed.shares]).to.deep.equal([1, 1]);
    expect(found.pNearer).to.be.closeTo(0.2, 0.015);
    expect(found.pFarther).to.be.closeTo(0.9, 0.015);
    expect(found.meanOfMeans).to.be.closeTo(4.5, 0.15);
    expect(found.meanShares[0]).to.be.closeTo(0.2, 0.015);
    expect([...found.pShares].map((p) => Math.round(20 * p) / 20)).to.deep.equal([0.2, 1]);
  });

  it('keeps how events lie among themselves: two in one column move as one', () => {
    const found = shifted(gridOf(10, 4), [0, 0], [1, 3], 9_999);
    if ('notDefined' in found) throw new Error(found.notDefined);
    // Moved one by one both were in the first column once in a hundred.
    expect(found.pNearer).to.be.closeTo(0.1, 0.012);
  });

  it('is uniform of events that lie at random', () => {
    const random = seededRandom(9);
    const ps = Array.from({ length: 300 }, (_, round) => {
      const places = Array.from({ length: 12 }, () => [Math.floor(50 * random()), Math.floor(20 * random())] as const);
      const found = shifted(
        gridOf(50, 20),
        places.map(([column]) => column),
        places.map(([, row]) => row),
        99,
        round,
      );
      return 'notDefined' in found ? Number.NaN : found.pNearer;
    }).sort((a, b) => a - b);
    const farthest = ps.reduce((most, p, index) => Math.max(most, Math.abs(p - (index + 0.5) / ps.length)), 0);
    expect(farthest).to.be.below(1.63 / Math.sqrt(300) + 0.02);
  });

  it('is uniform of them in an area that is no box, and sees as much there as in a box', () => {
    const sets = 120;
    for (const area of Object.keys(AREAS)) {
      const alone = shiftPs(area, sets, 99);
      for (const ps of [alone.nearer, alone.farther])
        for (const step of Object.values(stepsFromUniform(ps)))
          expect(step, area).to.be.below(1.52 / Math.sqrt(sets) + 0.02);
      const drawn = shiftPs(area, sets, 99, 30, 1, 0.8).nearer;
      expect(drawn.filter((p) => p <= 0.05).length / sets, area).to.be.above(0.2);
    }
  });

  it('gives up where events seldom fall into the area, after no more than five shifts for each that is asked', () => {
    const grid = gridOf(100, 100, (column, row) => Math.abs(column - row) < 1);
    const rounds = toroidalShift(grid, Int32Array.of(50, 50), Int32Array.of(50, 50), 2, 50, seededRandom(1));
    let tries = 0;
    let round = rounds.next();
    for (; !round.done; round = rounds.next()) tries += 1;
    expect(round.value).to.deep.equal({ notDefined: 'too-thin' });
    expect(tries).to.be.at.most(250);
  });

  it('leaves out what falls out of the study area', () => {
    const grid = gridOf(10, 10, (column) => column < 5);
    const found = shifted(grid, [0, 1, 7], [0, 0, 0]);
    if ('notDefined' in found) throw new Error(found.notDefined);
    expect(found.observed).to.deep.include({ inside: 2, mean: 0.5 });
  });

  it('says why nothing can be said, and gives the same for the same seed', () => {
    expect(shifted(gridOf(5, 5), [], [])).to.deep.equal({ notDefined: 'empty' });
    expect(
      shifted(
        gridOf(5, 5, () => false),
        [1],
        [1],
      ),
    ).to.deep.equal({ notDefined: 'empty' });
    fc.assert(
      fc.property(fc.array(fc.nat(49), { minLength: 1, maxLength: 9 }), fc.nat(99), (columns, seed) => {
        const rows = columns.map((column) => column % 7);
        const [one, other] = [1, 2].map(() => shifted(gridOf(50, 7), columns, rows, 20, seed));
        expect(one).to.deep.equal(other);
      }),
      { numRuns: 20 },
    );
    expect(() => shifted(gridOf(5, 5), [1], [1], 0)).to.throw(RangeError);
  });
});

describe('relocateWithin', () => {
  const relocated = (counts: number[], areas: number[], bands: number, rounds = 4_999) =>
    whole(relocateWithin(Int32Array.from(counts), Float64Array.from(areas), bands, rounds, seededRandom(2)));

  it('has the binomial tail of one stratum', () => {
    // Eight events, of which six or more lie in a band of a quarter: 0.0042266845703125.
    const { observed, expected, p } = relocated([6, 2], [1, 3], 2, 19_999);
    expect([...observed]).to.deep.equal([6, 2]);
    expect([...expected]).to.deep.equal([2, 6]);
    expect(p[0]).to.be.closeTo(0.0042266845703125, 0.0015);
    expect(p[1]).to.be.closeTo(1 - 0.0003814697265625, 0.001);
  });

  it('moves nothing out of its stratum', () => {
    // All ground of the first stratum is in the first band, all of the second in the second: nothing can be otherwise.
    const { expected, p } = relocated([5, 0, 0, 9], [2, 0, 0, 7], 2);
    expect([...expected]).to.deep.equal([5, 9]);
    expect([...p]).to.deep.equal([1, 1]);
  });

  it('leaves out strata without ground, and refuses what is no table', () => {
    const { observed, expected } = relocated([3, 4, 1, 1], [0, 0, 1, 1], 2);
    expect([[...observed], [...expected]]).to.deep.equal([
      [1, 1],
      [1, 1],
    ]);
    expect(() => relocated([1, 2, 3], [1, 2, 3], 2)).to.throw(RangeError);
    expect(() => relocated([1], [1], 1, 0)).to.throw(RangeError);
  });
});
