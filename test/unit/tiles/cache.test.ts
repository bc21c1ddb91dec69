import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { TileCache } from '../../../server/tiles/cache.ts';
import type { EncodedTile } from '../../../server/tiles/source.ts';

const bytes = Buffer.from('a tile, a tile, a tile');
const plain = async (): Promise<EncodedTile> => ({ bytes, encoding: 'identity' });

describe('TileCache', () => {
  it('keeps a tile gzipped once, whether it came gzipped or not', async () => {
    const cache = new TileCache(1e6);
    const stored = gzipSync(bytes);
    expect(gunzipSync((await cache.load('a', 'v@1', plain)).gzip)).to.deep.equal(bytes);
    const kept = await cache.load('b', 'v@1', async () => ({ bytes: stored, encoding: 'gzip' }));
    expect(kept.gzip).to.deep.equal(stored);
    expect(cache.find('b')).to.equal(kept);
    expect(
      gunzipSync((await cache.load('c', 'v@1', async () => ({ bytes: stored.subarray(0, 0), encoding: 'gzip' }))).gzip),
    ).to.have.lengthOf(0);
  });

  it('holds memory of its own: what it was given may be a view of something larger', async () => {
    const cache = new TileCache(1e6);
    const large = Buffer.alloc(8192);
    gzipSync(bytes).copy(large);
    const view = large.subarray(0, 40);
    const { gzip } = await cache.load('a', 'v@1', async () => ({ bytes: view, encoding: 'gzip' }));
    expect(gzip.buffer.byteLength).to.equal(gzip.length);
  });

  it('counts hits, misses, and misses that shared a query', async () => {
    const cache = new TileCache(1e6);
    let made = 0;
    const make = () => {
      made += 1;
      return plain();
    };
    expect(cache.find('a')).to.equal(undefined);
    await Promise.all(Array.from({ length: 10 }, () => cache.load('a', 'v@1', make)));
    cache.find('a');
    expect(made).to.equal(1);
    expect(cache.stats()).to.include({ hits: 1, misses: 10, shared: 9, entries: 1 });
  });

  it('drops the versions that are not served, and keeps the others', async () => {
    const cache = new TileCache(1e6);
    await cache.load('a', 'mines@1', plain);
    await cache.load('b', 'hubs@1', plain);
    cache.retain((version) => version === 'hubs@1');
    expect([cache.find('a'), cache.find('b')?.version]).to.deep.equal([undefined, 'hubs@1']);
    expect(cache.stats().entries).to.equal(1);
  });

  it('keeps nothing that failed, and nothing at all when it may not', async () => {
    const cache = new TileCache(1e6);
    await cache.load('a', 'v@1', () => Promise.reject(new Error('no'))).catch(() => undefined);
    expect(cache.stats().entries).to.equal(0);
    const none = new TileCache(0);
    await none.load('a', 'v@1', plain);
    expect(none.stats()).to.include({ entries: 0, bytes: 0 });
  });
});
