import { expect } from 'chai';
import fc from 'fast-check';
import { cellToBoundary, latLngToCell } from 'h3-js';
import { describe, it } from 'mocha';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { resolutionForZoom } from '../../../server/core/hex.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import type { LayerRecord } from '../../../server/core/record.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { tileAt, toMetres } from '../../../server/tiles/memory/mercator.ts';
import { prepareInMemory } from '../../../server/tiles/memory/prepare.ts';
import { memoryTiles } from '../../../server/tiles/memory.ts';
import { EVENTS_LAYER, eventRecord } from '../../support/layers.ts';
import { type DecodedFeature, decodeTile } from '../../support/vector-tile.ts';

const ALL = { access: PUBLIC_ACCESS };

function hold(records: readonly LayerRecord[], pointZoom: number) {
  const held: PublishedLayer = {
    ...EVENTS_LAYER,
    ...{ generation: 7, table: '', count: records.length, bbox: null, interval: null },
    prepared: { ...UNPREPARED, pointZoom },
  };
  const tiles = memoryTiles([{ layer: held, records }]);
  const decoded = async (z: number, x: number, y: number) =>
    decodeTile((await tiles.tile([held], { z, x, y }, [ALL])).bytes);
  return { decoded };
}

/** Every tile of a zoom that a box in degrees meets, and their neighbours. */
function* around(z: number, west: number, south: number, east: number, north: number) {
  const [first, last] = [tileAt(z, toMetres([west, north])), tileAt(z, toMetres([east, south]))];
  for (let x = first.x - 1; x <= last.x + 1; x++) for (let y = first.y - 1; y <= last.y + 1; y++) yield [x, y] as const;
}

describe('hexagons of layers in memory', () => {
  it('count, sum and name the commonest kind: of equals the first, and none last', async () => {
    const place = [-4, 14.5] as const;
    const far = [20, 40] as const;
    const records = [
      eventRecord(1, ...place, { kind: 'b', killed: 5 }),
      eventRecord(2, ...place, { kind: 'b', killed: null }),
      eventRecord(3, ...place, { kind: 'a', killed: -1 }),
      eventRecord(4, ...place, { kind: 'a', killed: 70_000 }),
      eventRecord(5, ...place, { kind: null }),
      eventRecord(6, ...place, { kind: null }),
      eventRecord(7, ...place, { kind: 'a', killed: 99, handling: 'restricted' }),
      eventRecord(8, ...far, { kind: 'a', killed: 1 }),
      eventRecord(9, ...far, { kind: null, killed: 1 }),
      eventRecord(10, ...far, { kind: null, killed: null }),
    ];
    const { events_hex: hexagons, events_tile: content, ...others } = await hold(records, 3).decoded(0, 0, 0);
    expect(others).to.deep.equal({});
    const [near, other] = [latLngToCell(14.5, -4, 1), latLngToCell(40, 20, 1)];
    // In the order of their indexes.
    expect(near > other).to.equal(true);
    expect(hexagons?.map(({ id, type, properties }) => ({ id, type, ...properties }))).to.deep.equal([
      { id: 0, type: 'Polygon', cell: other, resolution: 1, count: 3, killed: 2 },
      { id: 1, type: 'Polygon', cell: near, resolution: 1, count: 6, killed: 70_006, dominant: 'a' },
    ]);
    expect(content?.[0]?.properties).to.deep.equal({
      ...{ shown_as: 'hexagons', matched: 9, resolution: 1, generation: 7 },
    });
  });

  it('are drawn where H3 says, with their whole count in every tile that shows them', async () => {
    const z = 5;
    const resolution = resolutionForZoom(z);
    const cell = latLngToCell(16, 0.05, resolution);
    const outline = cellToBoundary(cell, true);
    const records = [eventRecord(1, 0.05, 16), eventRecord(2, 0.06, 16)];
    const { decoded } = hold(records, 9);
    const { x, y } = tileAt(z, toMetres([0.05, 16]));
    const [west, east] = [(await decoded(z, x - 1, y)).events_hex, (await decoded(z, x, y)).events_hex];
    expect(west?.[0]?.properties).to.deep.equal(east?.[0]?.properties);
    expect(east?.[0]?.properties).to.include({ cell, count: 2 });
    // One outline: what is left of the tile's edge in the east is right of it in the west.
    const lonOf = (units: number, column: number) => ((column + units / 4096) / 2 ** z) * 360 - 180;
    const lons = (feature: DecodedFeature | undefined, column: number) =>
      feature?.geometry[0]?.map((point) => lonOf(point.x, column)) ?? [];
    expect(Math.min(...lons(west?.[0], x - 1))).to.be.closeTo(Math.min(...outline.map(([lon]) => lon)), 0.003);
    expect(Math.max(...lons(east?.[0], x))).to.be.closeTo(Math.max(...outline.map(([lon]) => lon)), 0.003);
  });

  it('across the antimeridian are whole in the east', async () => {
    const { decoded } = hold([eventRecord(1, -179.999, 10)], 9);
    const [hexagon] = (await decoded(4, 15, 7)).events_hex ?? [];
    expect(hexagon?.properties.count).to.equal(1);
  });

  it('change to records where the budget allows it, and no tile holds more; counts are conserved (property)', async () => {
    const budget = { records: 25, bytes: 1e6 };
    const place = fc.tuple(
      fc.noBias(fc.integer({ min: -600, max: 600 })),
      fc.noBias(fc.integer({ min: 500, max: 2400 })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 150, maxLength: 150 }), async (places) => {
        const records = places.map(([lon, lat], index) => eventRecord(index + 1, lon / 100, lat / 100));
        const { pointZoom } = prepareInMemory(EVENTS_LAYER, records, budget);
        expect(pointZoom).to.be.within(1, 8);
        const { decoded } = hold(records, pointZoom);
        let fullest = 0;
        for (const z of [0, pointZoom - 1, pointZoom]) {
          const counts = new Map<unknown, number>();
          let beside = 0;
          for (const [x, y] of around(z, -6, 5, 6, 24)) {
            const tile = await decoded(z, x, y);
            expect(Object.keys(tile)).to.have.lengthOf.at.most(2);
            for (const { id, properties } of tile.events_hex ?? []) counts.set(id, Number(properties.count));
            for (const { id } of tile.events ?? []) counts.set(id, 1);
            expect(tile.events?.length ?? 0).to.be.at.most(budget.records);
            if (z === pointZoom - 1) {
              const inside = places.filter(([lon, lat]) => {
                const at = tileAt(z, toMetres([lon / 100, lat / 100]));
                return at.x === x && at.y === y;
              });
              fullest = Math.max(fullest, inside.length);
              beside += inside.length;
            }
          }
          expect(
            [...counts.values()].reduce((sum, count) => sum + count, 0),
            `zoom ${z}`,
          ).to.equal(records.length);
          if (z === pointZoom - 1) expect(beside).to.equal(records.length);
        }
        expect(fullest, 'one zoom before, a tile would have held too many').to.be.above(budget.records);
      }),
      { numRuns: 4 },
    );
  });

  it('stand for few points at no zoom, and for many up to zoom 11 at most', () => {
    const crowd = (count: number) => Array.from({ length: count }, (_, index) => eventRecord(index + 1, 0.1, 0.1));
    expect(prepareInMemory(EVENTS_LAYER, crowd(5000))).to.deep.equal(UNPREPARED);
    expect(prepareInMemory(EVENTS_LAYER, crowd(5001))).to.deep.equal({ ...UNPREPARED, pointZoom: 12 });
    expect(prepareInMemory(EVENTS_LAYER, crowd(30), { records: 5000, bytes: 1000 }).pointZoom).to.equal(12);
    expect(prepareInMemory({ ...EVENTS_LAYER, geometry: 'line' }, crowd(9000))).to.deep.equal(UNPREPARED);
  });
});
