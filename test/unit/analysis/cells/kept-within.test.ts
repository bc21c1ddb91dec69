import { expect } from 'chai';
import { describe, it } from 'mocha';
import { keptWithin } from '../../../../server/analysis/cells/kept-within.ts';

describe('keptWithin', () => {
  const keep = (sizes: Readonly<Record<string, number>>, most: number) => {
    const kept = keptWithin<{ readonly size: number }>(most, ({ size }) => size);
    for (const [key, size] of Object.entries(sizes)) kept.set(key, { size });
    return kept;
  };
  const has = (kept: ReturnType<typeof keep>) => ['a', 'b', 'c', 'd'].filter((key) => kept.get(key) !== undefined);

  it('forgets what was not used for longest, when all together are too large', () => {
    const kept = keep({ a: 4, b: 4 }, 10);
    expect(kept.get('a')).to.deep.equal({ size: 4 });
    kept.set('c', { size: 4 });
    expect(has(kept)).to.deep.equal(['a', 'c']);
  });

  it('keeps what came last, however large, and counts what is replaced once', () => {
    expect(has(keep({ a: 4, b: 40 }, 10))).to.deep.equal(['b']);
    const kept = keep({ a: 6, b: 4 }, 10);
    kept.set('a', { size: 5 });
    kept.set('a', { size: 6 });
    expect(has(kept)).to.deep.equal(['a', 'b']);
    expect(kept.set('d', { size: 0 })).to.deep.equal({ size: 0 });
  });
});
