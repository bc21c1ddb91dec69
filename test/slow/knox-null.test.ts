import { expect } from 'chai';
import { describe, it } from 'mocha';
import { nullPs, stepsFromUniform } from '../support/knox.ts';

describe('knox, where dates and places are independent', () => {
  it('has uniform p', function () {
    this.timeout(600_000);
    const { tooSmall, tooLarge } = stepsFromUniform(nullPs(2_000, 999, 60));
    // Of 1 % of sets of 2,000 p is farther off than this on one side. About one in 16 permutations ties with what is seen.
    expect(tooSmall).to.be.below(1.52 / Math.sqrt(2_000));
    expect(tooLarge).to.be.below(1.52 / Math.sqrt(2_000) + 0.07);
  });
});
