import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { classesOf, classRules, classText } from '../../../client/layer-classes.ts';
import { dress } from '../../../client/map/dress.ts';
import { withFilteredSources } from '../../../client/map/filtered-sources.ts';
import { hexagonTilesets, tileAddress } from '../../../client/map/hexagon-tiles.ts';
import { layerOf } from '../../../client/map-style.ts';
import { drawingOrder, shortOrder, stacked, wholeOrder } from '../../../client/stack.ts';
import { toLegend } from '../../../server/core/legend.ts';
import { toStyle } from '../../../server/core/style.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const BASE = 'http://map.example';
const layer = (id: string, order: number, change: object = {}) => ({ ...EVENTS_LAYER, id, order, ...change });
const AREAS = {
  geometry: 'polygon',
  style: {
    ...{ type: 'fill', color: '#112233', opacity: 0.4, outline: true },
    label: { field: 'kind' },
  },
} as never;
const HEXAGONS = { style: { type: 'hexagons', ramp: ['#111111', '#222222', '#333333'] } } as never;
const LAYERS = [layer('events', 1), layer('sites', 2), layer('areas', 3, AREAS), layer('many', 4, HEXAGONS)];
const MAP = {
  ...{ title: { en: '', fr: '' }, center: [0, 0], zoom: 5, minzoom: 3, maxzoom: 14, bounds: [0, 0, 1, 1] },
  ...{ max_bounds: [0, 0, 1, 1], clock: { from: '2012-01-01', to: '2023-12-31' } },
  ...{ window: { from: '2022-01-01', to: '2023-12-31' }, disclaimer: { en: '', fr: '' }, notice: { en: '', fr: '' } },
};
const STYLE = toStyle(LAYERS as never, { language: 'en', publicUrl: BASE, map: MAP, theme: 'light' } as never);
const NATURAL = drawingOrder(STYLE.layers);
const COLLECTIONS = new Map(
  LAYERS.map(({ id, style }) => [id, { id, azalai: { generation: 7, pointZoom: id === 'events' ? 9 : 0, style } }]),
);
const ALL = {
  visible: new Set(NATURAL),
  window: { from: null, to: null },
  tilesOf: () => undefined,
  isWindowed: () => false,
};
const orders = fc.shuffledSubarray(NATURAL, { minLength: NATURAL.length });

describe('the order of the layers', () => {
  it('is that of the server until something is moved', () => {
    expect(NATURAL).to.have.members(['events', 'sites', 'areas', 'many']);
    expect(stacked(STYLE.layers, null)).to.deep.equal(STYLE.layers);
    expect(stacked(STYLE.layers, NATURAL)).to.deep.equal(STYLE.layers);
  });

  it('is the reader’s for every order, loses no part, and leaves names on top', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const stack = stacked(STYLE.layers, order);
        expect(drawingOrder(stack)).to.deep.equal(order);
        expect(stack.map(({ id }) => id)).to.have.members(STYLE.layers.map(({ id }) => id));
        expect(stack[0]?.type).to.equal('background');
        const names = stack.findIndex(({ id }) => id === 'areas:label');
        expect(stack.slice(names).every(({ id }) => id.endsWith(':label'))).to.equal(true);
      }),
    );
  });

  it('is told by as few names as say it', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const short = shortOrder(order, NATURAL);
        expect(wholeOrder(short, NATURAL)).to.deep.equal(order);
        for (let length = 0; length < short.length; length++)
          expect(wholeOrder(order.slice(0, length), NATURAL)).to.not.deep.equal(order);
      }),
    );
    expect(wholeOrder(['gone', 'areas', 'areas'], NATURAL)).to.have.members(NATURAL);
  });
});

describe('a layer that is seen through', () => {
  it('has each opacity of each of its parts times that of the reader', () => {
    const before = dress(STYLE, ALL);
    const after = dress(STYLE, { ...ALL, opacityOf: (id) => (id === 'areas' ? 0.5 : 1) });
    const paint = (style: StyleSpecification, id: string) =>
      style.layers.find((part) => part.id === id)?.paint as Record<string, unknown> | undefined;
    expect(paint(after, 'events:point')).to.deep.equal(paint(before, 'events:point'));
    expect(paint(after, 'areas:outline')?.['line-opacity']).to.equal(0.425);
    expect(paint(after, 'areas:fill')?.['fill-opacity']).to.deep.equal([
      '*',
      0.5,
      paint(before, 'areas:fill')?.['fill-opacity'],
    ]);
    expect(paint(after, 'areas:small')?.['circle-opacity']).to.equal(0.5);
  });

  it('keeps the zoom outermost, where MapLibre wants it', () => {
    const byZoom = ['interpolate', ['linear'], ['zoom'], 3, 0.2, 6, ['case', true, 1, 0]];
    const layers = [
      { id: 'x:fill', type: 'fill', source: 's', metadata: { 'azalai:layer': 'x' }, paint: { 'fill-opacity': byZoom } },
    ];
    const style = { ...STYLE, layers } as unknown as StyleSpecification;
    const [part] = dress(style, { ...ALL, opacityOf: () => 0.5 }).layers;
    expect((part?.paint as Record<string, unknown> | undefined)?.['fill-opacity']).to.deep.equal([
      'interpolate',
      ['linear'],
      ['zoom'],
      3,
      0.1,
      6,
      ['*', 0.5, ['case', true, 1, 0]],
    ]);
  });
});

describe('classes that are off', () => {
  const CLASSED = {
    ...EVENTS_LAYER,
    style: { type: 'circle', color: { by: 'kind', classes: { ied: '#111111', mine: '#222222' }, other: '#333333' } },
  } as never as typeof EVENTS_LAYER;
  const azalai = { ...CLASSED, legend: toLegend(CLASSED) } as never;

  it('are left out of records by the style, and of what the server counts by a filter', () => {
    expect(classesOf(azalai).map(({ field, value }) => `${field}/${value}`)).to.deep.equal(['kind/ied', 'kind/mine']);
    const rules = classRules(azalai, new Set(['kind/ied']));
    expect(classText(rules)).to.equal("(kind NOT IN ('ied') OR kind IS NULL)");
    const dressed = dress(STYLE, { ...ALL, rulesOf: (id) => (id === 'events' ? rules : []) });
    const filter = (id: string) =>
      JSON.stringify((dressed.layers.find((part) => part.id === id) as { filter?: unknown }).filter);
    expect(filter('events:point')).to.contain('["!",["in",["get","kind"],["literal",["ied"]]]]');
    expect(filter('sites:point')).to.not.contain('ied');
    expect(filter('events:hexagon') ?? '').to.not.contain('ied');
  });

  it('leave one alone where what has no class is off too', () => {
    expect(classText(classRules(azalai, new Set(['kind/mine', 'kind/*'])))).to.equal("kind IN ('ied')");
    expect(classText(classRules(azalai, new Set(['kind/mine', 'kind/ied', 'kind/*'])))).to.equal('FALSE');
    expect(classRules(azalai, new Set(['gone/x']))).to.deep.equal([]);
  });
});

describe('a layer with a filter', () => {
  const filters = new Map([
    ['events', "kind = 'ied' & more"],
    ['areas', 'TRUE'],
  ]);
  const style = withFilteredSources(STYLE, filters, COLLECTIONS as never);

  it('has tiles of its own, and the others keep theirs', () => {
    for (const part of style.layers) {
      const before = STYLE.layers.find(({ id }) => id === part.id);
      const id = layerOf(part) ?? '';
      expect('source' in part && part.source).to.equal(
        filters.has(id) ? id : before && 'source' in before && before.source,
      );
    }
    expect(style.sources.areas).to.deep.equal({
      type: 'vector',
      tiles: [`${BASE}/tiles/areas/{z}/{x}/{y}.mvt?generation=7&filter=TRUE`],
      maxzoom: 12,
    });
    expect(withFilteredSources(STYLE, new Map(), COLLECTIONS as never)).to.equal(STYLE);
  });

  it('is counted by the server in the window where it is hexagons', () => {
    const tilesets = hexagonTilesets(style, COLLECTIONS as never);
    const events = tilesets.get('events') ?? expect.fail();
    expect(events.filter).to.equal("kind = 'ied' & more");
    expect(tileAddress(events, COLLECTIONS as never, '2022-01-01/..')).to.equal(
      `${BASE}/tiles/events/{z}/{x}/{y}.mvt?generation=7&datetime=2022-01-01/..&filter=kind%20%3D%20'ied'%20%26%20more`,
    );
  });
});
