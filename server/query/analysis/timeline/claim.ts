import type { PublishedLayer } from '../../../core/catalogue.ts';
import { recordFields } from '../../../core/layer.ts';
import { type Filter, predicate } from '../../filter.ts';
import { all, ident, join, type Sql, sql } from '../../sql.ts';
import { recordTable } from '../../tables.ts';

/** A collection of control areas, and which of its records. */
export interface Claims {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
}

/**
 * Degrees to which overlays are rounded, about a centimetre: snap-rounding cannot fail on shapes that nearly touch, and what
 * comes out is written without a further loss.
 */
export const GRID = sql`1e-7`;

/** A text field, or null where the layer has none of that name. */
export const textOf = (layer: PublishedLayer, field: string): Sql =>
  recordFields(layer).some(({ name, type }) => name === field && type === 'string') ? ident(field) : sql`NULL::text`;

/**
 * A polygon that can be overlaid: valid, without stray lines and points, and with a vertex at least every tenth of a degree,
 * so that its area on the ellipsoid is that of the shape as the map draws it, wherever others cut its edges.
 */
export const shapeOf = (geom: Sql): Sql => sql`ST_Segmentize(ST_CollectionExtract(ST_MakeValid(${geom}), 3), 0.1)`;

/** GeoJSON in degrees as such a polygon. */
export const drawnShape = (geometry: object): Sql =>
  shapeOf(sql`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(geometry)}::text), 4326)`);

/** Names a record in one question: which collection of the list, and its number. */
const key = (nth: number): Sql => sql`${String(nth)}::text || ':' || fid`;

/** An instant as ISO 8601 UTC text; null is open. */
const bound = (instant: Sql): Sql =>
  sql`CASE WHEN isfinite(${instant}) THEN to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END`;

/**
 * The records of all the collections as one relation `(key, collection, item, record, actor, alignment, control, held_from,
 * held_to, source, locator, outline_m, held, geom, shape)`, in the order of the list and of their numbers; `held` is their
 * validity, for all time where the layer has none.
 */
export function claimRelation(claims: readonly Claims[], condition: Sql = all([])): Sql {
  const each = claims.map(
    ({ layer, filter }, nth) => sql`SELECT ${nth}::integer AS list, ${key(nth)} AS key, ${layer.id}::text AS collection,
      fid AS item, record_id AS record, ${textOf(layer, 'actor')} AS actor, ${textOf(layer, 'alignment')} AS alignment,
      ${textOf(layer, 'control')} AS control, ${bound(sql`lower(valid)`)} AS held_from,
      ${bound(sql`upper(valid)`)} AS held_to, source, locator, precision_m AS outline_m,
      coalesce(valid, '(,)'::tstzrange) AS held, geom, ${shapeOf(sql`geom`)} AS shape
      FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`,
  );
  return sql`SELECT * FROM (${join(each, sql` UNION ALL `)}) AS claim
    WHERE ${condition} ORDER BY list, item`;
}
