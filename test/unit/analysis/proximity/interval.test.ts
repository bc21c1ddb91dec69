import { expect } from 'chai';
import { describe, it } from 'mocha';
import { distanceInWords, intervalInWords } from '../../../../server/analysis/proximity/interval.ts';

const distance = (distance_km: number, at_least_km: number, at_most_km: number) => ({
  distance_km,
  at_least_km,
  at_most_km,
});

describe('a distance in words', () => {
  it('is an interval by how well both positions are known', () => {
    expect(intervalInWords('en', distance(21.4, 11.9, 31.2))).to.equal('12 to 31 km');
    expect(intervalInWords('fr', distance(5.44, 0, 1_230.4))).to.equal('0 à 1\u202f230 km');
    expect(distanceInWords('en', distance(5.44, 4.3, 6.6))).to.equal(
      '5.4 km (4.3 to 6.6 km by how well both positions are known)',
    );
  });

  it('is one number where nothing is gained by two', () => {
    expect(intervalInWords('en', distance(20.1, 20.06, 20.14))).to.equal('20 km');
    expect(distanceInWords('fr', distance(20.1, 20.06, 20.14))).to.equal('20 km');
  });
});
