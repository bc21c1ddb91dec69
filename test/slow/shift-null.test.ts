import { expect } from 'chai';
import { describe, it } from 'mocha';
import { AREAS, shiftPs, stepsFromUniform } from '../support/shifts.ts';

const SETS = 1_000;

describe('toroidalShift, of events that have nothing to do with what they are held against', () => {
  for (const area of Object.keys(AREAS)) {
    it(`has uniform p in the area "${area}"`, function () {
      this.timeout(600_000);
      const { nearer, farther } = shiftPs(area, SETS, 199);
      for (const ps of [nearer, farther]) {
        const { tooSmall, tooLarge } = stepsFromUniform(ps);
        // Of 1 % of sets p is farther off than this on one side; p is a whole number of two-hundredths.
        expect(tooSmall).to.be.below(1.52 / Math.sqrt(SETS) + 0.01);
        expect(tooLarge).to.be.below(1.52 / Math.sqrt(SETS) + 0.01);
      }
    });

    it(`is seldom too small of events in clusters, in the area "${area}"`, function () {
      this.timeout(600_000);
      const { nearer } = shiftPs(area, SETS, 199, 30, 5);
      expect(nearer.filter((p) => p <= 0.05).length / SETS).to.be.below(0.09);
    });
  }
});
