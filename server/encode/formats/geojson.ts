import { featureText } from './feature-text.ts';
import type { ItemFormat } from './item-format.ts';
import { Pieces } from './pieces.ts';

/** One FeatureCollection (RFC 7946); provenance is its foreign member `azalai`, before the features. */
export const geojson: ItemFormat = {
  id: 'geojson',
  title: 'GeoJSON',
  mediaType: 'application/geo+json',
  extension: 'geojson',
  write: async function* (layer, rows, { fields, provenance }) {
    const pieces = new Pieces();
    const head = provenance ? `"azalai":${JSON.stringify(provenance)},` : '';
    pieces.add(`{"type":"FeatureCollection","name":${JSON.stringify(layer.id)},${head}"features":[`);
    let separator = '\n';
    for await (const batch of rows) {
      for (const row of batch) {
        const piece = pieces.add(separator + featureText(row, fields));
        separator = ',\n';
        if (piece) yield piece;
      }
    }
    pieces.add('\n]}\n');
    yield pieces.rest();
  },
};
