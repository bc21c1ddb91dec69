import { type StyleSpecification, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { toOfflineStyle } from '../../../../server/core/style/offline.ts';

const STYLE: StyleSpecification = {
  version: 8,
  name: 'Mali',
  sprite: './sprite',
  sources: {
    records: { type: 'vector', url: './tiles/attacks,mines.json' },
    counts: {
      type: 'vector',
      tiles: ['./hexes/modelled/{z}/{x}/{y}.mvt?datetime=2022-01-01/..'],
      maxzoom: 11,
      promoteId: 'cell',
      attribution: 'a model',
    },
    camps: { type: 'vector', url: './tiles/camps.json' },
  },
  layers: [
    { id: 'background', type: 'background', paint: { 'background-color': '#d3dfe6' } },
    { id: 'attacks:point', type: 'circle', source: 'records', 'source-layer': 'attacks' },
    {
      id: 'modelled:hexagon',
      type: 'fill',
      source: 'counts',
      'source-layer': 'modelled',
      metadata: { 'azalai:layer': 'modelled', 'azalai:resolutions': [1, 1, 2, 2, 3, 4, 4] },
    },
    { id: 'camps:point', type: 'circle', source: 'camps', 'source-layer': 'camps' },
  ],
};
const ARCHIVES = {
  records: { path: 'tiles/records.pmtiles', attribution: 'five reports', minzoom: 0, maxzoom: 12 },
  counts: { path: 'https://files.example.org/counts.pmtiles', attribution: 'a model', minzoom: 2, maxzoom: 4 },
};

describe('the style of a map without its server', () => {
  const offline = toOfflineStyle(STYLE, ARCHIVES);

  it('reads its sources from archives, and asks nothing of the server', () => {
    expect(offline.sources).to.deep.equal({
      records: {
        type: 'vector',
        url: 'pmtiles://tiles/records.pmtiles',
        attribution: 'five reports',
        minzoom: 0,
        maxzoom: 12,
      },
      counts: {
        type: 'vector',
        url: 'pmtiles://https://files.example.org/counts.pmtiles',
        attribution: 'a model',
        minzoom: 2,
        maxzoom: 4,
        promoteId: 'cell',
      },
    });
  });

  it('loses the layers that have no archive, and no others', () => {
    expect(offline.layers.map(({ id }) => id)).to.deep.equal(['background', 'attacks:point', 'modelled:hexagon']);
  });

  it('says the resolution of the hexagons that are stretched beyond the last zoom', () => {
    expect(offline.layers.find(({ id }) => id === 'modelled:hexagon')?.metadata).to.deep.equal({
      'azalai:layer': 'modelled',
      'azalai:resolutions': [1, 1, 2, 2, 3, 3, 3],
    });
  });

  it('is a style, and leaves the one it was made from as it was', () => {
    expect(validateStyleMin(offline)).to.deep.equal([]);
    expect(Object.keys(STYLE.sources)).to.have.length(3);
    expect(offline).to.include({ name: 'Mali', sprite: './sprite' });
  });
});
