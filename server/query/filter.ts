import type { Geometry } from 'geojson';
import type { Bbox } from '../core/bbox.ts';
import type { PublishedLayer } from '../core/catalogue.ts';
import type { CheckedFilter } from '../core/cql2/check.ts';
import { descendantRange } from '../core/hex.ts';
import type { Interval } from '../core/interval.ts';
import { cql2ToSql } from './cql2.ts';
import { all, join, type Sql, sql } from './sql.ts';
import { type Access, isNotWithheldNow } from './withheld.ts';

export type { Access };

/** A caller who has not signed in. */
export const PUBLIC_ACCESS: Access = { handling: ['public'] };

/** Who administers the server. */
export const FULL_ACCESS: Access = { handling: ['public', 'internal', 'restricted'] };

/** Which records a request is about. Everything but `access` is optional and narrows. */
export interface Filter {
  readonly access: Access;
  /** Degrees, EPSG:4326; the record's geometry meets one of the boxes. */
  readonly bbox?: readonly Bbox[] | undefined;
  /** Records whose validity meets the interval; a layer without time ignores it. */
  readonly datetime?: Interval | undefined;
  /** Already checked against the layer's fields. */
  readonly expression?: CheckedFilter | undefined;
  /** H3 index: records inside the cell; only for points. */
  readonly cell?: string | undefined;
  /** An instant, ISO 8601 UTC: records that were learned of before it. */
  readonly knownBefore?: string | undefined;
  /** Metres: records whose position is known to within so many. */
  readonly maxPrecisionM?: number | undefined;
  /** GeoJSON in degrees, EPSG:4326, valid: the record's geometry meets it; its outline belongs to it. */
  readonly place?: Geometry | undefined;
}

const box = ({ west, south, east, north }: Bbox) =>
  sql`ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)`;

/** Whether the filter is about what stored tiles hold, all that the public may see, or narrows that in time and kind. */
export function isAboutStored({ access, bbox, cell, knownBefore, maxPrecisionM, place }: Filter): boolean {
  const isForAll = access.handling.length === 1 && access.handling[0] === 'public';
  const narrowing = [bbox, cell, knownBefore, maxPrecisionM, place];
  return isForAll && narrowing.every((each) => each === undefined);
}

/** Whether the filter leaves every record of the layer that the public may see: then stored tiles answer it. */
export function isUnfiltered(layer: PublishedLayer, filter: Filter): boolean {
  return isAboutStored(filter) && !filter.expression && (!filter.datetime || layer.time === null);
}

/** `&&` first for the index; then the exact test, which only lines and polygons can fail. */
function meetsBox(layer: PublishedLayer, bbox: Bbox): Sql {
  const envelope = box(bbox);
  return layer.geometry === 'point'
    ? sql`geom && ${envelope}`
    : sql`(geom && ${envelope} AND ST_Intersects(geom, ${envelope}))`;
}

/**
 * The one predicate of every query on a layer's records: access first, then what the caller asked for.
 * Columns are unqualified: the records are the only relation in scope that has them.
 */
export function predicate(layer: PublishedLayer, filter: Filter): Sql {
  const conditions: Sql[] = [sql`handling = ANY(${filter.access.handling}::text[])`];
  if (layer.generationInService !== undefined) conditions.push(isNotWithheldNow(layer.id, filter.access));
  if (filter.bbox) {
    conditions.push(
      sql`(${join(
        filter.bbox.map((bbox) => meetsBox(layer, bbox)),
        sql` OR `,
      )})`,
    );
  }
  if (filter.datetime && layer.time !== null) {
    const { from, to } = filter.datetime;
    conditions.push(sql`valid && tstzrange(${from}::timestamptz, ${to}::timestamptz)`);
  }
  if (filter.knownBefore !== undefined) {
    conditions.push(sql`recorded_at < ${filter.knownBefore}::timestamptz AT TIME ZONE 'UTC'`);
  }
  if (filter.maxPrecisionM !== undefined) conditions.push(sql`precision_m <= ${filter.maxPrecisionM}::float8`);
  if (filter.place) {
    conditions.push(
      sql`ST_Intersects(geom, ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(filter.place)}::text), 4326))`,
    );
  }
  if (filter.expression) conditions.push(sql`(${cql2ToSql(filter.expression, layer)})`);
  if (filter.cell !== undefined) {
    const { first, last } = descendantRange(filter.cell);
    conditions.push(sql`h3_base BETWEEN ${first}::bigint AND ${last}::bigint`);
  }
  return all(conditions);
}
