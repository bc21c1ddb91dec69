import { expect } from 'chai';
import { describe, it } from 'mocha';
import { nextGeneration } from '../../../server/core/generation.ts';

const NOON = Date.UTC(2026, 0, 1, 12);

describe('nextGeneration', () => {
  it('rises, also twice in a minute, and when the clock was set back', () => {
    const first = nextGeneration(undefined, NOON);
    expect(first).to.equal(720);
    expect(nextGeneration(first, NOON)).to.equal(721);
    expect(nextGeneration(first, NOON - 1e9)).to.equal(721);
  });

  it('does not come back in a database made later', () => {
    expect(nextGeneration(undefined, NOON + 60_000)).to.be.above(nextGeneration(undefined, NOON));
  });
});
