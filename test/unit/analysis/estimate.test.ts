import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  AnalysisTooLarge,
  checkEstimate,
  MAX_SECONDS,
  MAX_SYNCHRONOUS_SECONDS,
} from '../../../server/analysis/estimate.ts';

const check = (seconds: number, isAsynchronous: boolean) => () =>
  checkEstimate({ comparisons: 2_500_000_000, seconds }, isAsynchronous);

describe('what an analysis may take', () => {
  it('is more for who comes back for the answer, and never more than nobody can wait for', () => {
    expect(check(MAX_SYNCHRONOUS_SECONDS, false)).not.to.throw();
    expect(check(MAX_SYNCHRONOUS_SECONDS + 0.1, false)).to.throw(AnalysisTooLarge, 'Prefer: respond-async');
    expect(check(MAX_SECONDS, true)).not.to.throw();
    for (const isAsynchronous of [true, false]) {
      expect(check(MAX_SECONDS + 0.1, isAsynchronous)).to.throw(AnalysisTooLarge, 'Narrow the place');
    }
  });

  it('is said with what it would cost', () => {
    expect(check(4_000, true)).to.throw('about 2,500,000,000 comparisons, 4,000 s');
  });
});
