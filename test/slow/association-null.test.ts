import { expect } from 'chai';
import { describe, it } from 'mocha';
import { AREAS, relocationPs, shiftPs, stepsFromUniform } from '../support/shifts.ts';

/** Of 1 % of so many sets p of one side is farther off than this (Kolmogorov & Smirnov). */
const chance = (sets: number) => 1.52 / Math.sqrt(sets);
const smallOf = (ps: readonly number[]) => ps.filter((p) => p <= 0.05).length / ps.length;

describe('relocateWithin, of events that lie anywhere in their strata', () => {
  it('has uniform p but for ties, which make it larger', function () {
    this.timeout(600_000);
    // Of 300 events about 90 lie in the first band, 8 more or fewer: one relocation in twenty has as many.
    const { tooSmall, tooLarge } = stepsFromUniform(relocationPs(2_000, 999, 300));
    expect(tooSmall).to.be.below(chance(2_000));
    expect(tooLarge).to.be.below(chance(2_000) + 0.07);
    const few = stepsFromUniform(relocationPs(2_000, 999, 12));
    expect(few.tooSmall).to.be.below(chance(2_000));
    expect(few.tooLarge).to.be.below(chance(2_000) + 0.2);
  });

  it('has p that are too small where events lie together: the limit that the page states', function () {
    this.timeout(600_000);
    expect(smallOf(relocationPs(1_000, 199, 300, 5))).to.be.within(0.12, 0.4);
  });
});

describe('the shares of toroidalShift, of events that have nothing to do with what they are held against', () => {
  for (const area of Object.keys(AREAS)) {
    it(`have uniform p in the area "${area}" but for ties`, function () {
      this.timeout(600_000);
      const { tooSmall, tooLarge } = stepsFromUniform(shiftPs(area, 1_000, 199).shares);
      expect(tooSmall).to.be.below(chance(1_000) + 0.01);
      // Of 30 events about four are near: one shift in five has as many.
      expect(tooLarge).to.be.below(chance(1_000) + 0.25);
    });
  }
});

describe('toroidalShift, where it is known to hold roughly or not at all', () => {
  it('calls few patterns of clusters near in areas that are no box, though more than one in twenty', function () {
    this.timeout(600_000);
    for (const area of ['triangle', 'angle', 'band']) {
      for (const together of [5, 10]) {
        expect(smallOf(shiftPs(area, 1_000, 199, 30, together).nearer), `${area} ${together}`).to.be.below(0.11);
      }
    }
  });

  it('calls events near that follow the same third thing as the line does', function () {
    this.timeout(600_000);
    const { nearer, farther } = shiftPs('box', 500, 199, 60, 1, 0, 1);
    expect(Math.max(smallOf(nearer), smallOf(farther))).to.be.above(0.1);
  });
});
