import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { shareConnections } from '../../server/connections.ts';

/** What `db/database.ts` opens when nothing limits it. */
const UNLIMITED = 12;
/** Two that listen and one of a child process that waits, for each worker; and what the two that work have open. */
const [BESIDE, CHILDREN] = [3, 14];

describe('shareConnections', () => {
  it('leaves each worker at least one connection in each lane, and all together stay below what is allowed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 2000 }), fc.integer({ min: 1, max: 64 }), (allowed, wanted) => {
        const { workers, limits } = shareConnections(allowed, wanted);
        const lanes = [limits.tiles?.max, limits.queries?.max, limits.analysis?.max, limits.jobs?.max];
        const isLimited = Object.keys(limits).length > 0;
        if (isLimited) for (const max of lanes) expect(max).to.be.at.least(1);
        const each = isLimited ? lanes.reduce<number>((sum, max) => sum + (max ?? 0), 0) : UNLIMITED;
        expect(workers).to.be.within(1, wanted);
        expect(workers * (each + BESIDE) + CHILDREN).to.be.below(allowed);
      }),
    );
  });

  it('does not hold back the workers of a small machine on the private cluster', () => {
    expect(shareConnections(97, 4)).to.deep.equal({ workers: 4, limits: {} });
  });

  it('opens fewer workers rather than none', () => {
    expect(shareConnections(97, 64).workers).to.equal(10);
    expect(shareConnections(3, 8).workers).to.equal(1);
  });
});
