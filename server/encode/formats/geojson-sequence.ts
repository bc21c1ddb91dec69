import { featureText } from './feature-text.ts';
import type { ItemFormat } from './item-format.ts';
import { Pieces } from './pieces.ts';

/**
 * A feature on each line. A sequence has no place for what holds of all: provenance is the foreign member `azalai` of
 * the first feature.
 */
const write = (before: string): ItemFormat['write'] =>
  async function* (_layer, rows, { fields, provenance }) {
    const pieces = new Pieces();
    let more = provenance ? `,"azalai":${JSON.stringify(provenance)}` : '';
    for await (const batch of rows) {
      for (const row of batch) {
        const piece = pieces.add(`${before}${featureText(row, fields, more)}\n`);
        more = '';
        if (piece) yield piece;
      }
    }
    const rest = pieces.rest();
    if (rest) yield rest;
  };

/** A GeoJSON text sequence, RFC 8142: each feature stands between a record separator (U+001E) and a line feed. */
export const geojsonSequence: ItemFormat = {
  id: 'geojsonseq',
  title: 'GeoJSON text sequence',
  mediaType: 'application/geo+json-seq',
  extension: 'geojsons',
  write: write('\u001e'),
};

/** The same without record separators: what most programs mean by newline-delimited GeoJSON. */
export const newlineDelimited: ItemFormat = {
  id: 'ndjson',
  title: 'Newline-delimited GeoJSON',
  mediaType: 'application/x-ndjson',
  extension: 'geojsonl',
  write: write(''),
};
