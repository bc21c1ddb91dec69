import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { zxyToTileId } from 'pmtiles';
import type { TileCoord } from '../../../server/core/tile.ts';
import { tileAtPlace, toTileId } from '../../../server/encode/pmtiles/tile-id.ts';
import { toVarints } from '../../../server/encode/pmtiles/varint.ts';
import { Archive, type ArchiveEnd } from '../../../server/encode/pmtiles.ts';
import { readBytes, readTile } from '../../support/pmtiles.ts';

const MALI = { west: -12.3, south: 10.1, east: 4.3, north: 25 };
const HEAD_AND_ROOT = 16_384;

interface Tile {
  readonly coord: TileCoord;
  readonly content: string;
}

const name = ({ z, x, y }: TileCoord) => `${z}/${x}/${y}`;

/** The tiles as the file they make, and what was said at its end. */
function write(tiles: readonly Tile[], metadata: object = {}): { file: Buffer } & ArchiveEnd {
  const archive = new Archive();
  const written: Uint8Array[] = [archive.room];
  for (const { coord, content } of tiles) {
    const bytes = archive.add(coord, gzipSync(content));
    if (bytes) written.push(bytes);
  }
  const end = archive.end({ minzoom: 0, maxzoom: 22, bounds: MALI, metadata });
  const file = Buffer.concat([...written, end.tail]);
  file.set(end.head, 0);
  return { file, ...end };
}

const inOrder = (tiles: Iterable<Tile>) => [...tiles].sort((a, b) => toTileId(a.coord) - toTileId(b.coord));

/** Every tile of a zoom along the curve, from place `from` on. */
const along = (z: number, from: number, count: number, content: (index: number) => string): Tile[] =>
  Array.from({ length: count }, (_, index) => ({ coord: tileAtPlace(z, from + index), content: content(index) }));

const anyTile = fc.integer({ min: 0, max: 22 }).chain((z) =>
  fc.record({
    z: fc.constant(z),
    x: fc.integer({ min: 0, max: 2 ** z - 1 }),
    y: fc.integer({ min: 0, max: 2 ** z - 1 }),
  }),
);
/** Near one another, so that runs, gaps and neighbours are frequent. */
const crowdedTile = fc.integer({ min: 0, max: 4 }).chain((z) =>
  fc.record({
    z: fc.constant(z),
    x: fc.integer({ min: 0, max: 2 ** z - 1 }),
    y: fc.integer({ min: 0, max: 2 ** z - 1 }),
  }),
);

describe('tile numbers', () => {
  it('are those of the reference implementation, and back', () => {
    fc.assert(
      fc.property(anyTile, (coord) => {
        expect(toTileId(coord)).to.equal(zxyToTileId(coord.z, coord.x, coord.y));
        const place = toTileId(coord) - (4 ** coord.z - 1) / 3;
        expect(tileAtPlace(coord.z, place)).to.deep.equal(coord);
      }),
      { numRuns: 2000 },
    );
  });

  it('put the four children of a tile at four times its place', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 21 }).chain((z) => fc.tuple(fc.constant(z), fc.nat(4 ** z - 1))),
        ([z, place]) => {
          const { x, y } = tileAtPlace(z, place);
          const parents = [0, 1, 2, 3].map((child) => {
            const below = tileAtPlace(z + 1, 4 * place + child);
            return [Math.floor(below.x / 2), Math.floor(below.y / 2)];
          });
          expect(parents).to.deep.equal(Array(4).fill([x, y]));
        },
      ),
    );
  });
});

describe('varints', () => {
  it('are those of protobuf, also beyond 32 bits', () => {
    expect([...toVarints([0, 1, 127, 128, 300])]).to.deep.equal([0, 1, 127, 0x80, 1, 0xac, 2]);
    expect([...toVarints([2 ** 35])]).to.deep.equal([0x80, 0x80, 0x80, 0x80, 0x80, 1]);
    expect([...toVarints([Number.MAX_SAFE_INTEGER])]).to.deep.equal([255, 255, 255, 255, 255, 255, 255, 15]);
  });
});

describe('a PMTiles archive', () => {
  const tilesOf = (coord: fc.Arbitrary<TileCoord>, content: fc.Arbitrary<string>) =>
    fc.uniqueArray(fc.record({ coord, content }), {
      minLength: 1,
      maxLength: 80,
      selector: (tile) => name(tile.coord),
    });

  it('gives back every tile that was put in and no other', async () => {
    const few = fc.constantFrom('sand', 'river', 'road');
    const sets = fc.oneof(tilesOf(anyTile, fc.string()), tilesOf(crowdedTile, few));
    await fc.assert(
      fc.asyncProperty(sets, fc.array(crowdedTile, { maxLength: 20 }), async (tiles, others) => {
        const archive = readBytes(write(inOrder(tiles)).file);
        for (const { coord, content } of tiles) {
          expect((await readTile(archive, coord))?.toString(), name(coord)).to.equal(content);
        }
        const put = new Set(tiles.map(({ coord }) => name(coord)));
        for (const coord of others.filter((other) => !put.has(name(other)))) {
          expect(await readTile(archive, coord), name(coord)).to.equal(null);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('counts what can be read, its entries and its different contents', async () => {
    const tiles = inOrder([
      ...along(0, 0, 1, () => 'all'),
      ...along(6, 100, 50, () => 'sand'),
      ...along(6, 200, 10, () => 'sand'),
      ...along(6, 210, 2, (index) => `town ${index}`),
      ...along(6, 300, 1, () => 'all'),
    ]);
    const { file, counts } = write(tiles);
    expect(counts).to.deep.equal({ tiles: 64, contents: 4, bytes: file.length });
    expect(await readBytes(file).getHeader()).to.include({
      numAddressedTiles: 64,
      numTileEntries: 6,
      numTileContents: 4,
      clustered: true,
    });
  });

  it('stores a content once, however often and wherever it is shown', () => {
    const content = Array.from({ length: 3000 }, (_, index) => (index * 7919) % 9973).join();
    const once = write(along(8, 0, 1, () => content)).file.length;
    const often = write(along(8, 0, 2000, (index) => (index % 2 ? content : 'sand'))).file.length;
    expect(often - once)
      .to.be.below(8000)
      .and.below(content.length);
  });

  it('has leaf directories when the root would be too long, and gives back every tile through them', async () => {
    const zooms = [
      ...along(9, 1000, 12_000, (index) => `a${index}`),
      // Gaps and repeats between, in zooms whose numbers pass 32 bits.
      ...along(17, 5, 30_000, (index) => (index % 3 === 0 ? 'sand' : `b${index * 31}`)),
    ];
    const tiles = zooms.filter((_, index) => index % 11 !== 5);
    const { file } = write(tiles);
    const archive = readBytes(file);
    const header = await archive.getHeader();
    expect(header.numTileEntries).to.be.above(20_000);
    expect(header.leafDirectoryLength).to.be.above(0);
    expect(header.rootDirectoryOffset + header.rootDirectoryLength).to.be.at.most(HEAD_AND_ROOT);
    for (const { coord, content } of tiles) {
      expect((await readTile(archive, coord))?.toString(), name(coord)).to.equal(content);
    }
    expect(await readTile(archive, tileAtPlace(9, 1005))).to.equal(null);
    expect(await readTile(archive, tileAtPlace(17, 40_000))).to.equal(null);
  });

  it('has no leaf directories while the root has room', async () => {
    const { file } = write(along(7, 0, 1500, (index) => `c${index}`));
    expect((await readBytes(file).getHeader()).leafDirectoryLength).to.equal(0);
  });

  it('has sections that fill the file and do not overlap', async () => {
    const { file } = write(
      along(9, 0, 30_000, (index) => `${index}`),
      { name: 'x' },
    );
    const header = await readBytes(file).getHeader();
    expect(header.tileDataOffset).to.equal(HEAD_AND_ROOT);
    expect(header.jsonMetadataOffset).to.equal(header.tileDataOffset + (header.tileDataLength ?? 0));
    expect(header.leafDirectoryOffset).to.equal(header.jsonMetadataOffset + header.jsonMetadataLength);
    expect(file.length).to.equal(header.leafDirectoryOffset + (header.leafDirectoryLength ?? 0));
  });

  it('says where it is, how deep it goes, what it holds and how it is compressed', async () => {
    const archive = readBytes(
      write(
        along(3, 0, 1, () => 'x'),
        { name: 'Mali', vector_layers: [] },
      ).file,
    );
    expect(await archive.getHeader()).to.include({
      ...{ specVersion: 3, internalCompression: 2, tileCompression: 2, tileType: 1 },
      ...{ minZoom: 0, maxZoom: 22, minLon: -12.3, minLat: 10.1, maxLon: 4.3, maxLat: 25 },
      ...{ centerLon: -4, centerLat: 17.55, centerZoom: 4 },
    });
    expect(await archive.getMetadata()).to.deep.equal({ name: 'Mali', vector_layers: [] });
  });

  it('keeps bounds within what Web Mercator shows', async () => {
    const archive = new Archive();
    archive.add({ z: 0, x: 0, y: 0 }, gzipSync('x'));
    const world = { west: -180, south: -90, east: 180, north: 90 };
    const { head } = archive.end({ minzoom: 0, maxzoom: 0, bounds: world, metadata: {} });
    expect(await readBytes(head).getHeader()).to.include({ minLat: -85.051129, maxLat: 85.051129, minLon: -180 });
  });

  it('refuses tiles out of order or twice, a tile without bytes, and an archive without tiles', () => {
    const archive = new Archive();
    expect(() => archive.end({ minzoom: 0, maxzoom: 0, bounds: MALI, metadata: {} })).to.throw('without tiles');
    archive.add({ z: 2, x: 1, y: 1 }, gzipSync('x'));
    expect(() => archive.add({ z: 2, x: 1, y: 1 }, gzipSync('x'))).to.throw('2/1/1 comes out of order');
    expect(() => archive.add({ z: 2, x: 0, y: 0 }, gzipSync('x'))).to.throw('out of order');
    expect(() => archive.add({ z: 3, x: 0, y: 0 }, new Uint8Array(0))).to.throw('without bytes');
  });
});
