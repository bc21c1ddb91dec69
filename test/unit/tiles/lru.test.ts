import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ByteLru } from '../../../server/tiles/lru.ts';

/** What one entry costs beside its bytes. */
const OVERHEAD = (() => {
  const lru = new ByteLru<string>(1e6);
  lru.set('a', 'a', 0);
  return lru.bytes;
})();

/** A model that is slow and plain: a list, the most recently used last. */
function modelOf(maxBytes: number) {
  let list: { key: string; bytes: number }[] = [];
  const drop = (key: string) => {
    list = list.filter((entry) => entry.key !== key);
  };
  return {
    get: (key: string) => {
      const found = list.find((entry) => entry.key === key);
      if (found) list = [...list.filter((entry) => entry !== found), found];
      return found?.bytes;
    },
    set: (key: string, bytes: number) => {
      drop(key);
      if (bytes + OVERHEAD > maxBytes) return;
      list.push({ key, bytes });
      while (list.reduce((sum, entry) => sum + entry.bytes + OVERHEAD, 0) > maxBytes) list.shift();
    },
    retain: (keeps: (bytes: number) => boolean) => {
      list = list.filter(({ bytes }) => keeps(bytes));
    },
    bytes: () => list.reduce((sum, entry) => sum + entry.bytes + OVERHEAD, 0),
    size: () => list.length,
  };
}

describe('ByteLru', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const bytes = fc.integer({ min: 0, max: 5000 });
  const step = fc.oneof(
    fc.record({ do: fc.constant('set' as const), key, bytes }),
    fc.record({ do: fc.constant('get' as const), key }),
    fc.record({ do: fc.constant('retain' as const), above: bytes }),
  );

  it('holds what a plain list would, and never more than its bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_000 }), fc.array(step, { maxLength: 60 }), (maxBytes, steps) => {
        const lru = new ByteLru<number>(maxBytes);
        const model = modelOf(maxBytes);
        for (const one of steps) {
          if (one.do === 'set') {
            lru.set(one.key, one.bytes, one.bytes);
            model.set(one.key, one.bytes);
          } else if (one.do === 'get') {
            expect(lru.get(one.key)).to.equal(model.get(one.key));
          } else {
            lru.retain((value) => value > one.above);
            model.retain((value) => value > one.above);
          }
          expect(lru.bytes).to.equal(model.bytes()).and.to.be.at.most(maxBytes);
          expect(lru.size).to.equal(model.size());
        }
      }),
    );
  });
});
