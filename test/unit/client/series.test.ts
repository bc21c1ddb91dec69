import { expect } from 'chai';
import { describe, it } from 'mocha';
import { SeriesStore } from '../../../client/state/series.ts';
import { countInWindow, printSeries } from '../../../server/core/series.ts';

/** One cell, one kind, two records in the second of two months. */
function file(generation: number): ArrayBuffer {
  const header = {
    ...{ collection: 'events', generation, resolution: 3, firstMonth: 24_240, months: 2, kinds: [null], cells: 1 },
    ...{ width: 1 as const, ends: false, before: false },
  };
  const series = { header, ordinals: Uint32Array.of(7), starts: Uint8Array.of(0, 2), ends: null };
  return new Uint8Array(printSeries(series)).buffer;
}

const done = () => new Promise((resolve) => setTimeout(resolve));

function storeOf(answer: () => Promise<ArrayBuffer>) {
  const clock = { now: 0 };
  const asked: string[] = [];
  let changes = 0;
  const fetch = (...key: unknown[]) => {
    asked.push(key.join('/'));
    return answer();
  };
  const store = new SeriesStore(
    fetch,
    () => {
      changes += 1;
    },
    () => clock.now,
  );
  return { store, asked, clock, changes: () => changes };
}

describe('the store of series', () => {
  it('asks once, says that it is coming, then gives the sums', async () => {
    const { store, asked, changes } = storeOf(async () => file(5));
    expect(store.get('events', 3, 5)).to.equal('coming');
    expect(store.get('events', 3, 5)).to.equal('coming');
    expect(store.peek('events', 3, 5)).to.equal(null);
    await done();
    const sums = store.get('events', 3, 5);
    if (typeof sums === 'string') throw new Error(sums);
    expect(countInWindow(sums, 0, { from: 24_241, to: 24_242 })).to.equal(2);
    expect(store.peek('events', 3, 5)).to.equal(sums);
    expect({ asked, changes: changes() }).to.deep.equal({ asked: ['events/3/5'], changes: 1 });
  });

  it('keeps those used last, and never lets one go that the map needs', async () => {
    const { store, asked } = storeOf(async () => file(1));
    for (let resolution = 0; resolution < 8; resolution++) store.get('events', resolution, 1);
    store.trim(8);
    store.get('events', 0, 1);
    expect(asked).to.have.length(8);
    store.trim(1);
    for (const resolution of [0, 4, 5, 6, 7, 3]) store.get('events', resolution, 1);
    expect(asked).to.have.length(8);
    store.get('events', 1, 1);
    expect(asked).to.have.length(9);
    await done();
  });

  for (const [what, answer] of [
    ['an error', () => Promise.reject(new Error('503'))],
    ['a page that is no series', async () => new TextEncoder().encode('<html>').buffer as ArrayBuffer],
  ] as const) {
    it(`says that it failed after ${what}, and asks again after a while or when told to`, async () => {
      const { store, asked, clock } = storeOf(answer);
      store.get('events', 3, 5);
      await done();
      expect(store.get('events', 3, 5)).to.equal('failed');
      clock.now = 59_000;
      expect(store.get('events', 3, 5)).to.equal('failed');
      clock.now = 61_000;
      expect(store.get('events', 3, 5)).to.equal('coming');
      await done();
      store.forgetFailures();
      expect(store.get('events', 3, 5)).to.equal('coming');
      expect(asked).to.have.length(3);
    });
  }

  it('does not count by a series of another version', async () => {
    const { store } = storeOf(async () => file(6));
    store.get('events', 3, 5);
    await done();
    expect(store.get('events', 3, 5)).to.equal('other');
    expect(store.peek('events', 3, 5)).to.equal(null);
  });
});
