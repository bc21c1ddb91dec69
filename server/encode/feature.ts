import type { Feature, Geometry } from 'geojson';
import { type Layer, recordFields } from '../core/layer.ts';

/** A record as `itemsQuery` selects it: its number, its geometry as GeoJSON text, and its fields by name. */
export interface ItemRow {
  readonly fid: number;
  readonly geojson: string;
  readonly [field: string]: unknown;
}

/** A row of a layer as GeoJSON (RFC 7946): the record's number as `id`, its fields as properties. */
export function toFeature(layer: Layer, row: ItemRow): Feature {
  return {
    type: 'Feature',
    id: row.fid,
    geometry: JSON.parse(row.geojson) as Geometry,
    properties: Object.fromEntries(recordFields(layer).map(({ name }) => [name, row[name] ?? null])),
  };
}
