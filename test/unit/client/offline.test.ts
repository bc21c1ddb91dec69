import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { toAbsolute } from '../../../client/offline/absolute-style.ts';
import { remembering } from '../../../client/offline/remembering.ts';

describe('the page without its server', () => {
  const STYLE = {
    version: 8,
    sprite: './sprite',
    'font-faces': { 'Noto Sans': [{ url: './fonts/a.woff2', 'unicode-range': ['U+0000-00FF'] }] },
    sources: {
      records: { type: 'vector', url: 'pmtiles://tiles/records.pmtiles', maxzoom: 9 },
      elsewhere: { type: 'vector', url: 'pmtiles://https://files.example.org/a.pmtiles' },
    },
    layers: [],
  } as unknown as StyleSpecification;

  it('makes every address of its style lead into its own folder', () => {
    expect(toAbsolute(STYLE, 'http://localhost:8000/stick/mali/index.html#map=1/2/3')).to.deep.equal({
      version: 8,
      sprite: 'http://localhost:8000/stick/mali/sprite',
      'font-faces': {
        'Noto Sans': [{ url: 'http://localhost:8000/stick/mali/fonts/a.woff2', 'unicode-range': ['U+0000-00FF'] }],
      },
      sources: {
        records: {
          type: 'vector',
          url: 'pmtiles://http://localhost:8000/stick/mali/tiles/records.pmtiles',
          maxzoom: 9,
        },
        elsewhere: { type: 'vector', url: 'pmtiles://https://files.example.org/a.pmtiles' },
      },
      layers: [],
    });
  });

  it('reads a file of records once for the cards of a spot, and again when it could not', async () => {
    const asked: string[] = [];
    let isBroken = true;
    const read = remembering(2, async (path) => {
      asked.push(path);
      if (isBroken) throw new Error('the stick was pulled out');
      return path.toUpperCase();
    });
    expect(await read('a').catch(String)).to.contain('pulled out');
    isBroken = false;
    expect(await Promise.all([read('a'), read('a'), read('b')])).to.deep.equal(['A', 'A', 'B']);
    expect(asked).to.deep.equal(['a', 'a', 'b']);
    await read('c');
    await read('a');
    expect(asked, 'two are kept').to.deep.equal(['a', 'a', 'b', 'c', 'a']);
  });
});
