import { expect } from 'chai';
import { describe, it } from 'mocha';
import { verdictOf } from '../../../../server/analysis/association/verdict.ts';

type Ends = readonly [lower: number, upper: number];

const band = ([lower, upper]: Ends, pooled?: Ends) => ({
  ...{ ratio: (lower + upper) / 2, ratio_lower: lower, ratio_upper: upper },
  ...(pooled ? { adjusted: { ratio: 1, ratio_lower: pooled[0], ratio_upper: pooled[1], strata: 1 } } : {}),
});

describe('verdictOf', () => {
  it('goes by whether the intervals leave 1 out, and on which side', () => {
    const [above, below, both] = [
      [1.1, 3],
      [0.2, 0.9],
      [0.9, 1.1],
    ] as const;
    for (const [crude, pooled, verdict] of [
      [above, above, 'remains'],
      [below, below, 'remains'],
      [above, both, 'may-be-explained'],
      [below, both, 'may-be-explained'],
      [above, below, 'reversed'],
      [below, above, 'reversed'],
      [both, both, 'no-difference'],
      [both, above, 'appears'],
      [both, below, 'appears'],
    ] as const)
      expect(verdictOf(band(crude, pooled)), `${crude} ${pooled}`).to.equal(verdict);
  });

  it('says what it cannot tell', () => {
    expect(verdictOf(undefined)).to.equal('cannot-tell');
    expect(verdictOf({ ratio_lower: 2 })).to.equal('cannot-tell');
    expect(verdictOf(band([2, 3]))).to.equal('crude-only');
    expect(verdictOf({ ...band([2, 3]), adjusted: { ratio: 0, strata: 1 } })).to.equal('cannot-tell');
    // An interval that is open above leaves 1 out all the same.
    const open = { ratio: 5, ratio_lower: 2, adjusted: { ratio: 4, ratio_lower: 1.5, ratio_upper: 9, strata: 2 } };
    expect(verdictOf(open)).to.equal('remains');
  });
});
