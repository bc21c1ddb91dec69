import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { checkFilter } from '../../../server/core/cql2/check.ts';
import { parseFilter } from '../../../server/core/cql2/parse-text.ts';
import { InvalidParameter, LayerNotFound, RequestAborted } from '../../../server/core/errors.ts';
import { parseDatetime } from '../../../server/core/interval.ts';
import { type Layer, LayerSchema } from '../../../server/core/layer.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import type { LayerRecord } from '../../../server/core/record.ts';
import { type Filter, PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { memoryTiles } from '../../../server/tiles/memory.ts';
import { EVENTS, EVENTS_LAYER, eventRecord } from '../../support/layers.ts';
import { decodeTile } from '../../support/vector-tile.ts';

const WORLD = { z: 0, x: 0, y: 0 };
const ALL: Filter = { access: PUBLIC_ACCESS };

const inMemory = (layer: Layer, count: number): PublishedLayer => ({
  ...layer,
  ...{ generation: 7, table: '', count, bbox: null, interval: null, prepared: UNPREPARED },
});

async function tileOf(layer: Layer, records: readonly LayerRecord[], filter = ALL, coord = WORLD) {
  const held = inMemory(layer, records.length);
  const { bytes, encoding } = await memoryTiles([{ layer: held, records }]).tile([held], coord, [filter]);
  expect(encoding).to.equal('identity');
  return bytes.length === 0 ? null : decodeTile(bytes);
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it did not fail'),
    (error: Error) => error,
  );

const POLYGONS = LayerSchema.parse({
  ...EVENTS,
  ...{ id: 'areas', geometry: 'polygon', time: null, kind: undefined, measures: [] },
  style: { type: 'fill', color: '#112233', label: { field: 'kind' } },
});

const square = (id: number, west: number, south: number, side: number): LayerRecord => {
  const [east, north] = [west + side, south + side];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { ...eventRecord(id, 0, 0), geometry: { type: 'Polygon', coordinates: [ring] } };
};

describe('tiles of layers in memory', () => {
  it('hold the records of points, their attributes as the style reads them, and what they hold', async () => {
    const layer = LayerSchema.parse({ ...EVENTS, fields: EVENTS.fields.map((field) => ({ ...field, tile: true })) });
    const tile = await tileOf(layer, [
      eventRecord(9, 45, 0, { tags: ['x', 'y'], killed: -2, valid_from: '1970-01-03', valid_to: null }),
      eventRecord(3, -180, 0, { tags: [], killed: null, kind: null, valid_from: '1969-12-31', valid_to: '1970-01-01' }),
      eventRecord(4, 10, 0, { handling: 'internal' }),
    ]);
    const known = { confidence: 'documented', precision_m: 1000 };
    const place = (x: number, y: number) => [[{ x, y }]];
    expect(tile).to.deep.equal({
      events: [
        {
          id: 3,
          type: 'Point',
          geometry: place(0, 2048),
          properties: { ...known, tags: '', valid_from: -1, valid_to: 0 },
        },
        {
          ...{ id: 9, type: 'Point', geometry: place(2560, 2048) },
          properties: { ...known, kind: 'a', killed: -2, tags: 'x,y', valid_from: 2 },
        },
      ],
      events_tile: [
        {
          ...{ id: undefined, type: 'Point', geometry: place(2048, 2048) },
          properties: { shown_as: 'records', matched: 2, generation: 7 },
        },
      ],
    });
  });

  it('show a point on an edge in the tiles on both sides, and have no bytes where there is nothing', async () => {
    const records = [eventRecord(1, 0, 30)];
    const at = async (x: number, y: number) => (await tileOf(EVENTS_LAYER, records, ALL, { z: 1, x, y }))?.events?.[0];
    expect((await at(0, 0))?.geometry[0]?.[0]?.x).to.equal(4096);
    expect((await at(1, 0))?.geometry[0]?.[0]?.x).to.equal(0);
    expect(await tileOf(EVENTS_LAYER, records, ALL, { z: 1, x: 0, y: 1 })).to.equal(null);
  });

  it('keep to a window, boxes, a cell and what the caller may see', async () => {
    const records = [
      eventRecord(1, -4, 14, { valid_from: '2022-01-01', valid_to: '2022-02-01' }),
      eventRecord(2, -4, 15, { valid_from: '2022-02-01', valid_to: null }),
      eventRecord(3, 3, 15, { valid_from: null, valid_to: '2022-01-01' }),
      eventRecord(4, 3, 16, { valid_from: null, valid_to: null, handling: 'restricted' }),
    ];
    const idsOf = async (filter: Partial<Filter>) =>
      (await tileOf(EVENTS_LAYER, records, { ...ALL, ...filter }))?.events?.map(({ id }) => id);
    expect(await idsOf({})).to.deep.equal([1, 2, 3]);
    expect(await idsOf({ datetime: parseDatetime('2022-01-31') })).to.deep.equal([1]);
    expect(await idsOf({ datetime: parseDatetime('2022-02-01/..') })).to.deep.equal([2]);
    expect(await idsOf({ datetime: parseDatetime('../2021-12-31') })).to.deep.equal([3]);
    const boxes = [
      { west: -5, south: 14, east: -4, north: 14.5 },
      { west: 2, south: 14, east: 4, north: 17 },
    ];
    expect(await idsOf({ bbox: boxes })).to.deep.equal([1, 3]);
    expect(await idsOf({ access: { handling: ['public', 'restricted'] }, bbox: boxes })).to.deep.equal([1, 3, 4]);
    // Resolution 3: some 120 km across.
    expect(await idsOf({ cell: '835540fffffffff' })).to.deep.equal(undefined);
    expect(await idsOf({ cell: '8359b2fffffffff' })).to.deep.equal([1]);
  });

  it('draw polygons, those below a pixel as a point, and a point for the name of each', async () => {
    const tile = await tileOf(POLYGONS, [square(1, 0, 0, 45), square(2, -20, 10, 0.5)]);
    expect(tile?.areas?.map(({ id, type, properties }) => [id, type, properties.small])).to.deep.equal([
      [1, 'Polygon', undefined],
      [2, 'Point', true],
    ]);
    const corners = new Set(tile?.areas?.[0]?.geometry[0]?.map(({ x, y }) => `${x},${y}`));
    // Mercator: asinh(tan(45°)) * 4096 / 2π = 574.6 units, and then half a pixel of the band, 4 units of zoom 3.
    expect(corners).to.deep.equal(new Set(['2048,2048', '2560,2048', '2560,1474', '2048,1474']));
    expect(tile?.areas?.[0]?.properties).to.not.have.any.keys('valid_from', 'valid_to');
    expect(tile?.areas_label?.map(({ id, type }) => [id, type])).to.deep.equal([
      [1, 'Point'],
      [2, 'Point'],
    ]);
    expect(Object.keys(tile ?? {})).to.deep.equal(['areas', 'areas_tile', 'areas_label']);
  });

  it('draw nothing of the far side of the world at its edge', async () => {
    const west = await tileOf(POLYGONS, [square(1, 179, 0, 0.9), square(2, -179, 0, 0.9)], ALL, { z: 5, x: 0, y: 15 });
    expect(west?.areas?.map(({ id }) => id)).to.deep.equal([2]);
  });

  it('refuse a filter, a layer that they do not have, and who has gone', async () => {
    const layer = inMemory(EVENTS_LAYER, 1);
    const tiles = memoryTiles([{ layer, records: [eventRecord(1, 0, 0)] }]);
    const expression = checkFilter(parseFilter("kind = 'a'"), layer);
    const refused = await failureOf(tiles.tile([layer], WORLD, [{ ...ALL, expression }]));
    expect(refused).to.be.instanceOf(InvalidParameter);
    expect(refused.message).to.match(/not saved yet.*no filter/);
    expect(await failureOf(tiles.hexTile({ ...layer, id: 'other' }, WORLD, ALL))).to.be.instanceOf(LayerNotFound);
    expect(await failureOf(tiles.tile([layer], WORLD, [ALL], AbortSignal.abort()))).to.be.instanceOf(RequestAborted);
  });
});
