import type { Field } from '../../core/layer.ts';
import type { ItemRow } from '../feature.ts';

/**
 * A feature of GeoJSON (RFC 7946) as text: the geometry goes in as the database wrote it. `more` are foreign members,
 * each with a comma before it.
 */
export function featureText(row: ItemRow, fields: readonly Field[], more = ''): string {
  const properties: Record<string, unknown> = {};
  for (const { name } of fields) properties[name] = row[name] ?? null;
  const own = JSON.stringify(properties);
  return `{"type":"Feature","id":${row.fid},"geometry":${row.geojson},"properties":${own}${more}}`;
}
