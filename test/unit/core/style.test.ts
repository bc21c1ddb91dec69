import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type FilterSpecification,
  featureFilter,
  type LayerSpecification,
  validateStyleMin,
} from '@maplibre/maplibre-gl-style-spec';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { toDayNumber } from '../../../server/core/interval.ts';
import { type Layer, LayerSchema } from '../../../server/core/layer.ts';
import { MapSettingsSchema } from '../../../server/core/map-settings.ts';
import { fontFaces, REGULAR } from '../../../server/core/style/fonts.ts';
import { spriteImages } from '../../../server/core/style/sprite.ts';
import { toStyle } from '../../../server/core/style.ts';
import { THEMES, type Theme } from '../../../server/core/theme.ts';
import { EVENTS } from '../../support/layers.ts';

const GEODATA = path.resolve(import.meta.dirname, '../../../geodata');
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(GEODATA, file), 'utf8'));
const map = MapSettingsSchema.parse(read('map.json'));
const shipped = readdirSync(path.join(GEODATA, 'layers')).map((file) => LayerSchema.parse(read(`layers/${file}`)));

const options = { language: 'en', publicUrl: 'https://example.org/azalai/', map } as const;
const layer = (changes: Record<string, unknown>): Layer => LayerSchema.parse({ ...EVENTS, ...changes });
const field = (name: string) => ({ name, type: 'string', title: { en: name, fr: name }, tile: true });

const area = layer({
  id: 'areas',
  geometry: 'polygon',
  group: 'control',
  role: 'control',
  time: 'interval',
  order: 80,
  fields: [field('control'), field('name'), field('name_fr')],
  kind: undefined,
  measures: [],
  style: {
    type: 'fill',
    color: '#336699',
    hatch: { field: 'control', values: ['influence'] },
    crosshatch: { field: 'control', values: ['contested'] },
    label: { field: 'name', field_fr: 'name_fr' },
  },
});
const line = layer({
  id: 'ways',
  geometry: 'line',
  group: 'trafficking',
  role: 'corridors',
  order: 60,
  fields: [field('drawn')],
  kind: undefined,
  measures: [],
  style: { type: 'line', color: '#aa3300', dash: { field: 'drawn', values: ['flow'] }, arrows: true },
});
const hexagons = layer({
  id: 'counts',
  order: 70,
  style: { type: 'hexagons', ramp: ['#eeeeee', '#999999', '#111111'] },
});
const points = layer({ id: 'points', order: 10 });
const squares = layer({ id: 'squares', order: 20, style: { type: 'circle', color: '#112233', shape: 'square' } });
const off = layer({ id: 'off', order: 30, visible: false });

describe('style', () => {
  const style = toStyle([points, squares, off, line, hexagons, area], options);
  const ids = style.layers.map(({ id }) => id);
  const byId = (id: string) => style.layers.find((candidate) => candidate.id === id) as LayerSpecification;

  const filterOf = (id: string) => (byId(id) as { filter?: FilterSpecification }).filter;

  for (const language of ['en', 'fr'] as const) {
    it(`of the shipped catalogue is valid (${language})`, () => {
      for (const theme of THEMES) {
        const errors = validateStyleMin(toStyle(shipped, { ...options, language, theme }));
        expect(errors.map(({ message }) => message)).to.deep.equal([]);
      }
    });
  }

  it('differs in its colours only from one ground to the other, so that a map is repainted in place', () => {
    const uncolored = (theme: Theme) => {
      const { metadata: _metadata, ...rest } = toStyle(shipped, { ...options, theme });
      return JSON.stringify(rest).replace(/"(?:#[0-9a-f]{6}|rgba\([^)]*\))"/g, '"a colour"');
    };
    expect(uncolored('dark')).to.equal(uncolored('light'));
    expect(JSON.stringify(toStyle(shipped, { ...options, theme: 'dark' }).layers)).not.to.equal(
      JSON.stringify(toStyle(shipped, options).layers),
    );
  });

  it('has at least one style layer for every layer of the catalogue', () => {
    const drawn = new Set(
      toStyle(shipped, options).layers.map(({ metadata }) => (metadata as Record<string, unknown>)?.['azalai:layer']),
    );
    for (const { id } of shipped) expect(drawn.has(id), id).to.equal(true);
  });

  it('stacks areas below hexagons below hatching below lines below points below names', () => {
    const order = [
      'areas:fill',
      'counts:hexagon',
      'areas:hatch',
      'ways:line',
      'squares:point',
      'points:point',
      'areas:label',
    ];
    expect(ids.filter((id) => order.includes(id))).to.deep.equal(order);
  });

  it('draws crossed hatching where contested and single where it is influence', () => {
    const patternFor = (control: string) =>
      (['areas:hatch', 'areas:crosshatch'] as const).filter((id) => {
        const { filter } = featureFilter(filterOf(id), 'layers[0].filter', {
          from: 0,
          to: 1,
        });
        return filter({ zoom: 6 }, { type: 3, properties: { control } });
      });
    expect(patternFor('influence')).to.deep.equal(['areas:hatch']);
    expect(patternFor('contested')).to.deep.equal(['areas:crosshatch']);
    expect(patternFor('holds')).to.deep.equal([]);
  });

  it('shows a record while its half-open validity meets the half-open window', () => {
    const isShown = (from: string | null, to: string | null, window: [string, string]) => {
      const state = { from: toDayNumber(window[0]), to: toDayNumber(window[1]) };
      const { filter } = featureFilter(filterOf('points:point'), 'layers[0].filter', state);
      const properties = {
        ...(from && { valid_from: toDayNumber(from) }),
        ...(to && { valid_to: toDayNumber(to) }),
      };
      return filter({ zoom: 6 }, { type: 1, properties });
    };
    const may: [string, string] = ['2022-05-01', '2022-06-01'];
    expect(isShown('2022-05-01', '2022-05-02', may)).to.equal(true);
    expect(isShown('2022-04-30', '2022-05-01', may), 'ends where the window starts').to.equal(false);
    expect(isShown('2022-06-01', '2022-06-02', may), 'starts where the window ends').to.equal(false);
    expect(isShown('2022-05-31', '2022-06-01', may)).to.equal(true);
    expect(isShown('2012-01-01', null, may), 'goes on').to.equal(true);
    expect(isShown(null, '2022-05-01', may)).to.equal(false);
    expect(isShown(null, null, may)).to.equal(true);
  });

  it('starts the clock with the window of the settings, its last day included', () => {
    expect(style.state).to.deep.include({
      'windowed:counts': { default: false },
      from: { default: toDayNumber(map.window.from) },
      to: { default: toDayNumber(map.window.to) + 1 },
    });
    expect(style.sources.counts).to.deep.equal({
      type: 'vector',
      url: 'https://example.org/azalai/hexes/counts.json?lang=en',
      maxzoom: 11,
    });
  });

  it('draws a dot, and neither area nor line, for what is smaller than a pixel', () => {
    const isShown = (id: string, properties: Record<string, unknown>) =>
      featureFilter(filterOf(id), 'layers[0].filter', { from: 0, to: 1 }).filter({ zoom: 6 }, { type: 1, properties });
    for (const id of ['areas:fill', 'areas:outline', 'ways:line']) {
      expect(isShown(id, { small: true }), id).to.equal(false);
      expect(isShown(id, {}), id).to.equal(true);
    }
    for (const id of ['areas:small', 'ways:small']) {
      expect(isShown(id, { small: true }), id).to.equal(true);
      expect(isShown(id, {}), id).to.equal(false);
    }
  });

  it('reads what is on from one composite tile and what is off from its own', () => {
    expect(style.sources.records).to.deep.equal({
      type: 'vector',
      url: 'https://example.org/azalai/tiles/points,squares,ways,areas.json?lang=en',
    });
    expect(style.sources.off).to.deep.equal({
      type: 'vector',
      url: 'https://example.org/azalai/tiles/off.json?lang=en',
    });
    expect(byId('off:point').layout?.visibility).to.equal('none');
  });

  it('writes names in the language asked for, from the one point that each area has for it', () => {
    const label = toStyle([area], { ...options, language: 'fr' }).layers.find(({ id }) => id === 'areas:label');
    expect((label as { layout: Record<string, unknown> }).layout['text-field']).to.deep.equal([
      'coalesce',
      ['get', 'name_fr'],
      ['get', 'name'],
      '',
    ]);
    expect((label as { 'source-layer': string })['source-layer']).to.equal('areas_label');
  });

  it('keeps arrows and circles of uncertainty out of what a click finds', () => {
    const picked = style.layers.filter(({ metadata }) => (metadata as Record<string, unknown>)?.['azalai:pick']);
    expect(picked.map(({ id }) => id)).to.have.members([
      'areas:fill',
      'areas:small',
      'counts:hexagon',
      'points:hexagon',
      'squares:hexagon',
      'off:hexagon',
      'ways:line',
      'ways:dashed',
      'ways:small',
      'points:point',
      'squares:point',
      'off:point',
    ]);
  });

  it('names only images that the sprite has', () => {
    const images = new Set(spriteImages().map(({ name }) => name));
    const named = toStyle(shipped, options).layers.flatMap((candidate) => [
      (candidate.layout as Record<string, unknown> | undefined)?.['icon-image'],
      (candidate.paint as Record<string, unknown> | undefined)?.['fill-pattern'],
    ]);
    for (const name of named.filter((candidate) => candidate !== undefined))
      expect(images.has(String(name)), String(name)).to.equal(true);
    expect(named).to.include.members(['hatch', 'crosshatch', 'arrow', 'square']);
  });

  it('has patterns that repeat without a seam', () => {
    for (const { name, size, alpha } of spriteImages().filter((image) => image.name.endsWith('hatch'))) {
      expect(Math.log2(size) % 1, `${name} is a power of two wide`).to.equal(0);
      // A line that leaves on the right goes on at the left, a row further: one step along it changes nothing, and for
      // crossed lines two turns of the tile by half its width do not either.
      const at = (row: number, column: number) => alpha[((row + size) % size) * size + ((column + size) % size)];
      const [down, left] = name === 'hatch' ? [1, 1] : [size / 2, size / 2];
      for (let row = 0; row < size; row++) {
        for (let column = 0; column < size; column++) {
          expect(at(row + down, column - left), `${name} ${row}/${column}`).to.equal(at(row, column));
        }
      }
    }
  });

  it('declares fonts for Latin, Arabic with its joined forms, Tifinagh and N’Ko', () => {
    const files = fontFaces('https://example.org')[REGULAR] as { url: string; 'unicode-range': string[] }[];
    const fileFor = (character: string) => {
      const code = character.codePointAt(0) ?? 0;
      const covers = (range: string) => {
        const [first = '', last = first] = range.slice(2).split('-');
        return code >= Number.parseInt(first, 16) && code <= Number.parseInt(last, 16);
      };
      return files.find((file) => file['unicode-range'].some(covers))?.url;
    };
    const font = (file: string) => `https://example.org/fonts/${file}`;
    expect(fileFor('é')).to.equal(font('noto-sans-latin-400-normal.woff2'));
    expect(fileFor('ɛ')).to.equal(font('noto-sans-latin-ext-400-normal.woff2'));
    expect(fileFor('م')).to.equal(font('noto-sans-arabic-arabic-400-normal.woff2'));
    expect(fileFor('\uFEE3'), 'meem, initial form').to.equal(font('noto-sans-arabic-arabic-400-normal.woff2'));
    expect(fileFor('ⵎ')).to.equal(font('noto-sans-tifinagh-tifinagh-400-normal.woff2'));
    expect(fileFor('ߡ')).to.equal(font('noto-sans-nko-nko-400-normal.woff2'));
  });
});
