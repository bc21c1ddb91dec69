import { expect } from 'chai';
import { describe, it } from 'mocha';
import { contentOf } from '../../../client/api/content-of.ts';
import { sourcesInUse, wantedAddress } from '../../../client/map/tiles-in-use.ts';

const TILESET = {
  address: 'http://map.example/tiles/events,new/{z}/{x}/{y}.mvt',
  ids: ['events', 'new'],
  filter: null,
};
const COLLECTIONS = new Map(
  TILESET.ids.map((id) => [id, { azalai: { style: { type: 'circle' }, pointZoom: 9, generation: 7 } }]),
);
const DAY = '2022-05-05/2022-05-05';
const BARE = `${TILESET.address}?generation=7.7`;
const counted = (by: 'server' | 'tiles') =>
  ({ counting: by === 'server' ? { by, because: 'months' } : { by } }) as never;
const wanted = (plans: readonly never[], held: string | undefined, datetime: string | null = DAY) =>
  wantedAddress(TILESET, COLLECTIONS, { plans, datetime, held });

describe('the tiles that a source is to have', () => {
  it('are of the window where the server counts, and of all dates where it does not', () => {
    expect(wanted([counted('server')], BARE)).to.equal(`${BARE}&datetime=${DAY}`);
    expect(wanted([counted('tiles')], `${BARE}&datetime=${DAY}`)).to.equal(BARE);
  });

  it('serve on at a zoom where nothing is counted, as long as the window stays', () => {
    expect(wanted([], `${BARE}&datetime=${DAY}`)).to.equal(`${BARE}&datetime=${DAY}`);
    expect(wanted([], `${BARE}&datetime=2019-01-01/2019-01-01`)).to.equal(BARE);
    expect(wanted([], BARE)).to.equal(BARE);
  });

  it('are others once a layer has come to them, or another version, at any zoom', () => {
    expect(wanted([], 'http://map.example/tiles/events/{z}/{x}/{y}.mvt?generation=7')).to.equal(BARE);
    expect(wanted([], `${TILESET.address}?generation=6.7`)).to.equal(BARE);
  });

  it('are of an earlier state where the style is of one', () => {
    const then = { ...TILESET, knownAt: '2026-11-01T06:00:00.000Z' };
    const address = wantedAddress(then, COLLECTIONS, { plans: [], datetime: null, held: BARE });
    expect(address).to.equal(`${BARE}&known_at=2026-11-01T06%3A00%3A00.000Z`);
  });

  it('are looked at where a layer of theirs is on, drawn as hexagons or as records', () => {
    const layer = (id: string, source: string) => ({ id, source, metadata: { 'azalai:layer': id } });
    const style = { layers: [layer('events', 'records'), layer('off', 'off'), layer('land', 'base-map')] } as never;
    const tilesets = new Map(['records', 'off'].map((name) => [name, TILESET]));
    const visible = new Set(['events', 'land']);
    expect([...sourcesInUse(style, [], { tilesets, visible })]).to.deep.equal(['records']);
    expect([...sourcesInUse(style, [{ source: 'archive' }], { tilesets, visible })]).to.deep.equal([
      'archive',
      'records',
    ]);
  });
});

describe('the records that a version has', () => {
  it('are those of the version that was brought back, however often', () => {
    const versions = [
      { generation: 4, restored: 3 },
      { generation: 3, restored: 1 },
      { generation: 2, restored: null },
      { generation: 1, restored: null },
    ];
    expect([4, 3, 2, 1, 9].map((generation) => contentOf(versions, generation))).to.deep.equal([1, 1, 2, 1, 9]);
  });
});
