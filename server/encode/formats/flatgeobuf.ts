import type { Geometry } from 'geojson';
import { toColumns, writeValues } from '../flatgeobuf/columns.ts';
import { FlatWriter } from '../flatgeobuf/flat-writer.ts';
import { writeHeader } from '../flatgeobuf/header.ts';
import { writeShape } from '../flatgeobuf/shape.ts';
import type { ItemFormat } from './item-format.ts';

/** Bytes that are put together before they are passed on. */
const PIECE = 65_536;

/**
 * FlatGeobuf 3, EPSG:4326, longitude first; without an index, features in the order in which they come. Provenance is
 * in the header: title, description, and all of it as JSON in its metadata.
 */
export const flatgeobuf: ItemFormat = {
  id: 'fgb',
  title: 'FlatGeobuf',
  mediaType: 'application/flatgeobuf',
  extension: 'fgb',
  write: async function* (layer, rows, { fields, provenance }) {
    const flat = new FlatWriter();
    const columns = toColumns(fields);
    let waiting: Buffer[] = [writeHeader(flat, layer, columns, provenance)];
    let bytes = 0;
    for await (const batch of rows) {
      for (const row of batch) {
        flat.begin();
        const { places } = flat.table([
          [0, 4],
          [1, 4],
        ]);
        const [shape, values] = places as [number, number];
        writeShape(flat, shape, JSON.parse(row.geojson) as Geometry);
        flat.blob(values, writeValues(columns, row));
        const feature = flat.finish();
        waiting.push(feature);
        bytes += feature.length;
        if (bytes < PIECE) continue;
        yield Buffer.concat(waiting);
        waiting = [];
        bytes = 0;
      }
    }
    if (waiting.length > 0) yield Buffer.concat(waiting);
  },
};
