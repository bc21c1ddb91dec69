import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { countOf } from '../../../client/map/count-of.ts';
import { dress } from '../../../client/map/dress.ts';
import { type Described, hexagonLayers, resolutionAt } from '../../../client/map/hexagon-layers.ts';
import { acrossKm } from '../../../client/map/hexagon-size.ts';
import { hexagonTilesets, tileAddress } from '../../../client/map/hexagon-tiles.ts';
import { resolutionForZoom } from '../../../server/core/hex.ts';
import { toStyle } from '../../../server/core/style.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const BASE = 'http://map.example/azalai';

const collection = (id: string, azalai: Partial<Described>) =>
  [id, { id, azalai: { generation: 3, pointZoom: 0, style: { type: 'circle' }, ...azalai } }] as const;

/** Points in the composite source, and the same as hexagons from a source of their own. */
const LAYERS = [
  EVENTS_LAYER,
  { ...EVENTS_LAYER, id: 'many', order: 2, style: { type: 'hexagons', ramp: ['#111111'] } as never },
];
const MAP = {
  ...{ title: { en: '', fr: '' }, center: [0, 0], zoom: 5, minzoom: 3, maxzoom: 14, bounds: [0, 0, 1, 1] },
  ...{ max_bounds: [0, 0, 1, 1], clock: { from: '2012-01-01', to: '2023-12-31' } },
  ...{ window: { from: '2022-01-01', to: '2023-12-31' }, disclaimer: { en: '', fr: '' }, notice: { en: '', fr: '' } },
};
const STYLE = toStyle(LAYERS, { language: 'en', publicUrl: BASE, map: MAP as never }) as StyleSpecification;

const COLLECTIONS = new Map([
  collection('events', { pointZoom: 9 }),
  collection('many', { generation: 8, style: { type: 'hexagons' } }),
]);

describe('layers that can be hexagons', () => {
  it('are known by their style, with the resolution of each zoom', () => {
    expect(hexagonLayers(STYLE).map(({ id, source }) => `${id} from ${source}`)).to.have.members([
      'events from records',
      'many from many',
    ]);
    for (const layer of hexagonLayers(STYLE)) {
      const azalai = (COLLECTIONS.get(layer.id) ?? expect.fail()).azalai;
      for (let zoom = 3; zoom < 14; zoom += 0.5) {
        const isRecords = layer.id === 'events' && zoom >= 9;
        expect(resolutionAt(layer, azalai, zoom), `${layer.id} at ${zoom}`).to.equal(
          isRecords ? null : resolutionForZoom(Math.floor(zoom)),
        );
      }
    }
  });

  it('have tiles of the versions that the catalogue names, and of a window where the server counts it', () => {
    const tilesets = hexagonTilesets(STYLE, COLLECTIONS);
    expect([...tilesets.keys()]).to.have.members(['records', 'many']);
    const many = tilesets.get('many') ?? expect.fail();
    expect(tileAddress(many, COLLECTIONS, null)).to.equal(`${BASE}/hexes/many/{z}/{x}/{y}.mvt?generation=8`);
    expect(tileAddress(many, COLLECTIONS, '2022-01-02/..')).to.equal(
      `${BASE}/hexes/many/{z}/{x}/{y}.mvt?generation=8&datetime=2022-01-02/..`,
    );
    expect(tileAddress(tilesets.get('records') ?? expect.fail(), COLLECTIONS, null)).to.equal(
      `${BASE}/tiles/events/{z}/{x}/{y}.mvt?generation=3`,
    );
  });

  it('have no tiles that could be asked for where they are in an archive, or never drawn as hexagons', () => {
    const few = new Map([collection('events', { pointZoom: 0 }), ...[...COLLECTIONS].slice(1)]);
    expect([...hexagonTilesets(STYLE, few).keys()]).to.deep.equal(['many']);
    const sources = { ...STYLE.sources, many: { type: 'vector' as const, url: 'pmtiles://many.pmtiles' } };
    expect([...hexagonTilesets({ ...STYLE, sources }, few).keys()]).to.deep.equal([]);
  });

  it('are dressed with their tiles and with who counts; the rest of the style stays', () => {
    const window = { from: '2022-01-01', to: '2022-01-31' };
    const dressed = dress(STYLE, {
      visible: new Set(['many']),
      window,
      tilesOf: (source) => (source === 'many' ? ['address'] : undefined),
      isWindowed: (layer) => layer === 'many',
    });
    expect(dressed.sources.records).to.equal(STYLE.sources.records);
    expect(dressed.sources.many).to.deep.equal({ type: 'vector', tiles: ['address'], maxzoom: 11 });
    expect(dressed.state).to.deep.equal({
      from: { default: 18_993 },
      to: { default: 19_024 },
      'windowed:events': { default: false },
      'windowed:many': { default: true },
    });
    const visibility = (id: string) => dressed.layers.find((layer) => layer.id === `${id}:hexagon`)?.layout?.visibility;
    expect([visibility('many'), visibility('events')]).to.deep.equal(['visible', 'none']);
  });

  it('count what the style draws them with', () => {
    const hexagon = { properties: { resolution: 4, count: 9 }, state: { n4: 2, n5: 7 } };
    const bare = { ...hexagon, state: { hover: true } };
    const windowed = { 'windowed:many': true };
    expect([countOf('many', hexagon, windowed), countOf('many', bare, windowed)]).to.deep.equal([2, 0]);
    expect([countOf('many', bare, {}), countOf('many', bare, { 'windowed:many': false })]).to.deep.equal([9, 9]);
  });

  it('are said to be as wide as H3 has them, to two digits', () => {
    expect([0, 3, 4, 5, 8].map(acrossKm)).to.deep.equal([2200, 120, 45, 17, 0.92]);
  });
});
