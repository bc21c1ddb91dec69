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
    { id: 'modelled:hexagon', type: 'fill', source: 'counts', 'source-layer': 'modelled' },
    { id: 'camps:point', type: 'circle', source: 'camps', 'source-layer': 'camps' },
  ],
};
const ARCHIVES = {
  records: { path: 'tiles/records.pmtiles', attribution: 'five reports' },
  counts: { path: 'https://files.example.org/counts.pmtiles', attribution: 'a model' },
};

describe('the style of a map without its server', () => {
  const offline = toOfflineStyle(STYLE, ARCHIVES);

  it('reads its sources from archives, and asks nothing of the server', () => {
    expect(offline.sources).to.deep.equal({
      records: { type: 'vector', url: 'pmtiles://tiles/records.pmtiles', attribution: 'five reports' },
      counts: {
        type: 'vector',
        url: 'pmtiles://https://files.example.org/counts.pmtiles',
        attribution: 'a model',
        promoteId: 'cell',
      },
    });
  });

  it('loses the layers that have no archive, and no others', () => {
    expect(offline.layers.map(({ id }) => id)).to.deep.equal(['background', 'attacks:point', 'modelled:hexagon']);
  });

  it('is a style, and leaves the one it was made from as it was', () => {
    expect(validateStyleMin(offline)).to.deep.equal([]);
    expect(Object.keys(STYLE.sources)).to.have.length(3);
    expect(offline).to.include({ name: 'Mali', sprite: './sprite' });
  });
});
