import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { adjustedP } from '../../../server/stats/benjamini-hochberg.ts';

/** The 15 p-values of table 1 in Benjamini & Hochberg (1995). */
const PAPER = [
  ...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344],
  ...[0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0],
];

/** How many are rejected, by the words of the paper: the largest i with p_(i) <= i alpha / n. */
function rejections(p: readonly number[], alpha: number): number {
  const sorted = p.toSorted((a, b) => a - b);
  let largest = 0;
  for (const [index, each] of sorted.entries()) if (each <= ((index + 1) * alpha) / p.length) largest = index + 1;
  return largest;
}

const adjusted = (p: readonly number[]) => [...adjustedP(Float64Array.from(p))];
const probabilities = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.01, 0.5, 1)), {
  maxLength: 60,
});

describe('adjustedP', () => {
  it('rejects the four of the paper at 5 %', () => {
    expect(adjusted(PAPER).filter((each) => each <= 0.05)).to.have.length(4);
    expect(
      PAPER.filter((each) => each * PAPER.length <= 0.05),
      'Bonferroni',
    ).to.have.length(3);
  });

  it('is worked out by hand for six, three of them equal', () => {
    const wanted = [0.001, 0.02, 0.02, 0.02, 0.04, 0.5].map((p) => p);
    expect(adjusted(wanted).map((each) => Math.round(each * 1e6) / 1e6)).to.deep.equal([
      ...[0.006, 0.03, 0.03, 0.03, 0.048, 0.5],
    ]);
  });

  it('rejects what the step-up procedure does, at any alpha', () => {
    fc.assert(
      fc.property(probabilities, fc.double({ min: 0.001, max: 0.3, noNaN: true }), (p, alpha) => {
        // Where the comparison hangs on the last bit the two may differ.
        const isNear = p.some((each, _, all) =>
          all.some((__, index) => Math.abs(each - ((index + 1) * alpha) / p.length) < 1e-12),
        );
        fc.pre(!isNear);
        expect(adjusted(p).filter((each) => each <= alpha)).to.have.length(rejections(p, alpha));
      }),
    );
  });

  it('is of each test the same in whatever order they come, and rises with p', () => {
    fc.assert(
      fc.property(probabilities, (p) => {
        const [forth, back] = [adjusted(p), adjusted(p.toReversed()).toReversed()];
        expect(back).to.deep.equal(forth);
        for (const [index, each] of p.entries()) {
          expect(forth[index]).to.be.at.least(each).and.at.most(1);
          for (const [other, q] of p.entries())
            if (q >= each) expect(forth[other]).to.be.at.least(forth[index] as number);
        }
      }),
    );
  });

  it('takes none, and refuses what is no probability', () => {
    expect(adjusted([])).to.deep.equal([]);
    for (const wrong of [-0.1, 1.1, Number.NaN]) expect(() => adjusted([0.5, wrong])).to.throw(RangeError);
  });
});
