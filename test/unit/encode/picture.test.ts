import { readdirSync, readFileSync } from 'node:fs';
import { createExpression, featureFilter, type LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Layer, LayerSchema } from '../../../server/core/layer.ts';
import { MapSettingsSchema } from '../../../server/core/map-settings.ts';
import { toStyle } from '../../../server/core/style.ts';
import type { MvtFeature } from '../../../server/encode/mvt/layer.ts';
import { countShown } from '../../../server/encode/picture/count-shown.ts';
import { evaluate, UnknownOperator } from '../../../server/encode/picture/evaluate.ts';
import { type Frame, frameOf, tilesOf } from '../../../server/encode/picture/frame.ts';
import { pathText } from '../../../server/encode/picture/path-text.ts';
import { readShape } from '../../../server/encode/picture/read-shape.ts';
import { toPicture } from '../../../server/encode/picture/to-picture.ts';

const FOLDER = 'geodata/layers';
const layers: Layer[] = readdirSync(FOLDER).map((file) =>
  LayerSchema.parse(JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8'))),
);
const map = MapSettingsSchema.parse(JSON.parse(readFileSync('geodata/map.json', 'utf8')));
const styles = (['light', 'dark'] as const).map((theme) =>
  toStyle(layers, { language: 'fr', theme, publicUrl: '', map }),
);
const usual = Object.entries(styles[0]?.state ?? {}).map(([name, { default: value }]) => [name, value]);
const STATE = { ...Object.fromEntries(usual), from: 18_993, to: 19_723 };

/** Lists that stand for themselves in a style. */
const LISTS = new Set(['text-font', 'text-variable-anchor', 'line-dasharray']);
const isExpression = (name: string, value: unknown) => Array.isArray(value) && !LISTS.has(name);
const expressionsOf = (spec: LayerSpecification) =>
  Object.entries({ ...spec.layout, ...spec.paint }).filter(([name, value]) => isExpression(name, value));

/** Attributes that the style asks for, with values that are of its classes and others. */
const attributes = fc.record(
  {
    ...Object.fromEntries(
      [...new Set(JSON.stringify(styles).matchAll(/\["get","(\w+)"\]/g))].map(([, name = '']) => [
        name,
        name.startsWith('valid_') || ['rank', 'precision_m', 'count', 'resolution'].includes(name)
          ? fc.integer({ min: 0, max: 30_000 })
          : fc.constantFrom(
              'track',
              'influence',
              'contested',
              'disputed',
              'flow',
              'arms',
              'market',
              'ied',
              'primary',
              '',
            ),
      ]),
    ),
    small: fc.boolean(),
  },
  // Hexagons always have these.
  { requiredKeys: ['count', 'resolution'] as never },
);

describe('what the style says, read by the server', () => {
  it('is what MapLibre reads, at any zoom, of any feature', () => {
    const specs = styles.flatMap(({ layers: all }) => all);
    let compared = 0;
    fc.assert(
      fc.property(attributes, fc.double({ min: 0, max: 14, noNaN: true }), (properties, zoom) => {
        const subject = { zoom, attributes: properties, state: STATE };
        for (const spec of specs) {
          for (const [name, value] of expressionsOf(spec)) {
            const created = createExpression(value, name, null, STATE);
            if (created.result === 'error') throw new Error(`${spec.id} ${name}`);
            const feature = { type: 1 as const, properties };
            const wanted = created.value.evaluateWithoutErrorHandling({ zoom }, feature as never, {});
            const found = evaluate(value, subject);
            const isNear =
              typeof wanted === 'number' && Math.abs(Number(found) - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
            if (!isNear) expect(found, `${spec.id} ${name} at ${zoom}`).to.equal(wanted);
            compared += 1;
          }
          if (!('filter' in spec) || spec.filter === undefined) continue;
          const wanted = featureFilter(spec.filter, 'filter', STATE).filter(
            { zoom } as never,
            { type: 1, properties } as never,
          );
          expect(evaluate(spec.filter, subject), `${spec.id} filter at ${zoom}`).to.equal(wanted);
        }
      }),
      { numRuns: 60 },
    );
    expect(compared).to.be.greaterThan(1000);
  });

  it('refuses what it does not know', () => {
    expect(() => evaluate(['heatmap-density'], { zoom: 1, attributes: {}, state: {} })).to.throw(UnknownOperator);
  });
});

describe('the place of a picture', () => {
  it('shows all of a box, and its tiles cover the picture without gap or overlap', () => {
    const frames = fc.record({
      lon: fc.double({ min: -60, max: 60, noNaN: true }),
      lat: fc.double({ min: -60, max: 60, noNaN: true }),
      zoom: fc.double({ min: 3, max: 15, noNaN: true }),
      width: fc.integer({ min: 64, max: 1500 }),
      height: fc.integer({ min: 64, max: 1500 }),
    });
    fc.assert(
      fc.property(frames, (frame: Frame) => {
        const tiles = tilesOf(frame);
        const area = tiles.reduce((sum, { left, top, size }) => {
          const wide = Math.min(left + size, frame.width) - Math.max(left, 0);
          const tall = Math.min(top + size, frame.height) - Math.max(top, 0);
          return sum + Math.max(0, wide) * Math.max(0, tall);
        }, 0);
        // Corners lie on whole pixels, and a tile is square: one in a row of thousands may be a pixel larger.
        expect(area / (frame.width * frame.height)).to.be.within(0.97, 1.05);
      }),
    );
    const frame = frameOf([-12, 10, 4, 24], { width: 1000, height: 700 });
    expect(frame.lon).to.equal(-4);
    expect(frame.zoom).to.be.within(4, 6);
    expect(frame.lat).to.be.within(17, 17.5);
  });
});

/** Geometry as a tile packs it: one point, or one ring. */
function packed(positions: readonly (readonly [number, number])[], isRing: boolean): Uint8Array {
  const bytes: number[] = [];
  const write = (value: number) => {
    let rest = value;
    for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
  };
  const zigzag = (value: number) => ((value << 1) ^ (value >> 31)) >>> 0;
  let [x, y] = [0, 0];
  for (const [index, [toX, toY]] of positions.entries()) {
    if (index === 0) write((1 << 3) | 1);
    if (index === 1) write(((positions.length - 1) << 3) | 2);
    write(zigzag(toX - x));
    write(zigzag(toY - y));
    [x, y] = [toX, toY];
  }
  if (isRing) write((1 << 3) | 7);
  return Uint8Array.from(bytes);
}

describe('shapes of a picture', () => {
  it('are read as they were packed', () => {
    const position = fc.tuple(fc.integer({ min: -64, max: 4160 }), fc.integer({ min: -64, max: 4160 }));
    fc.assert(
      fc.property(fc.array(position, { minLength: 3, maxLength: 40 }), (ring) => {
        expect(readShape(packed(ring, true))).to.deep.equal([ring.flat()]);
      }),
    );
  });

  it('are written in whole pixels, without what nobody sees', () => {
    expect(pathText([0, 0, 40, 0, 80, 0, 80, 80, 0, 80], 0.1, true)).to.equal('M0 0l8 0 0 8-8 0z');
    expect(pathText([0, 0, 1, 1, 2, 0], 0.1, true), 'smaller than a pixel').to.equal('');
    expect(pathText([10, 10, 10, 110], 0.1, false)).to.equal('M1 1l0 10');
  });
});

describe('a picture of the map', () => {
  const frame = { lon: 0, lat: 0, zoom: 3, width: 512, height: 512 };
  const [tile] = tilesOf({ ...frame, lon: 22.5, lat: -21.94304553343817 });
  const feature = (id: number, at: readonly [number, number], more: object): MvtFeature => ({
    id,
    type: 1,
    geometry: packed([at], false),
    attributes: { kind: 'ied', valid_from: 19_000, valid_to: 19_001, ...more },
  });
  const attacks = layers.find(({ id }) => id === 'attacks') as Layer;
  const features = [
    feature(1, [2048, 2048], {}),
    feature(2, [1024, 1024], {}),
    feature(3, [3000, 3000], { valid_from: 10, valid_to: 11 }),
    feature(4, [5000, 100], {}),
  ];
  const scene = {
    frame: { ...frame, lon: 22.5, lat: -21.94304553343817 },
    tiles: [
      {
        ...(tile as NonNullable<typeof tile>),
        left: 0,
        top: 0,
        size: 512,
        layers: [{ name: 'attacks', extent: 4096, features }],
      },
    ],
    state: STATE,
  };

  it('draws what the clock leaves, in the style’s colours, and nothing that a page would follow', () => {
    const [style] = styles;
    const svg = toPicture({
      ...scene,
      style: style as NonNullable<typeof style>,
      layers: new Set(['attacks']),
      label: '<b> & "c"',
    });
    expect(svg).to.match(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="512"/);
    expect(svg).to.include('aria-label="&lt;b&gt; &amp; &quot;c&quot;"');
    expect([...svg.matchAll(/<circle cx="(\d+)" cy="(\d+)"/g)].map(([, x, y]) => `${x} ${y}`)).to.deep.equal([
      '256 256',
      '128 128',
    ]);
    expect(svg).not.to.match(/<script|<style|style=|href|<image/);
  });

  it('draws only the layers that are asked for', () => {
    const [style] = styles;
    const svg = toPicture({
      ...scene,
      style: style as NonNullable<typeof style>,
      layers: new Set(['mines']),
      label: '',
    });
    expect(svg).not.to.include('<circle');
  });

  it('counts what it shows, each record once', () => {
    expect(countShown(attacks, { ...scene, tiles: [...scene.tiles, ...scene.tiles] })).to.deep.equal({
      layer: 'attacks',
      count: 2,
    });
    const hexagon = {
      id: 7,
      type: 3,
      geometry: packed(
        [
          [10, 10],
          [400, 10],
          [400, 400],
        ],
        true,
      ),
      attributes: { cell: '84', count: 12 },
    };
    const counted = [
      {
        ...(scene.tiles[0] as (typeof scene.tiles)[0]),
        layers: [{ name: 'attacks_hex', extent: 4096, features: [hexagon] }],
      },
    ];
    expect(countShown(attacks, { ...scene, tiles: [...counted, ...counted] }).count).to.equal(12);
  });
});
