import type { Feature, Geometry } from 'geojson';
import { type Layer, recordFields } from '../core/layer.ts';
import type { ItemRow } from '../query/items.ts';

/** A row of a layer as GeoJSON (RFC 7946): the record's number as `id`, its fields as properties. */
export function toFeature(layer: Layer, row: ItemRow): Feature {
  return {
    type: 'Feature',
    id: row.fid,
    geometry: JSON.parse(row.geojson) as Geometry,
    properties: Object.fromEntries(recordFields(layer).map(({ name }) => [name, row[name] ?? null])),
  };
}
