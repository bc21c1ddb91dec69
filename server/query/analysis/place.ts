import type { PublishedLayer } from '../../core/catalogue.ts';
import { recordFields } from '../../core/layer.ts';
import { type Filter, predicate } from '../filter.ts';
import { ident, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';

/** A place: its geometry in degrees, and its measures on the ellipsoid. */
export interface PlaceRow {
  /** GeoJSON in full precision. */
  readonly geojson: string;
  /** 0 points, 1 lines, 2 polygons. */
  readonly dimension: number;
  readonly area_m2: number;
  readonly length_m: number;
  readonly name: string | null;
  readonly name_fr: string | null;
}

const areaOf = (geom: Sql) => sql`ST_Area(ST_Segmentize(${geom}, 0.25)::geography)`;

/**
 * Edges of a polygon are straight in degrees (RFC 7946, 3.1.1), but those of a geography are geodesics: of a box of 16
 * degrees the area would be 0.5 % too large, and one around the Earth has none. Pieces of a quarter of a degree follow the
 * edges to one part in 100,000. A shape wider than a quarter of the Earth is measured by quarters: a geography takes what is outside
 * of it for the inside.
 */
const measures = (geom: Sql) => sql`ST_AsGeoJSON(${geom}, 15) AS geojson, ST_Dimension(${geom}) AS dimension,
  CASE WHEN ST_Dimension(${geom}) < 2 THEN 0
    WHEN ST_XMax(${geom}) - ST_XMin(${geom}) <= 90 THEN ${areaOf(geom)}
    ELSE (SELECT sum(${areaOf(sql`ST_Intersection(${geom}, ST_MakeEnvelope(west, -90, west + 90, 90, 4326))`)})
      FROM generate_series(-180, 90, 90) AS west) END AS area_m2,
  CASE ST_Dimension(${geom}) WHEN 1 THEN ST_Length(${geom}::geography) ELSE 0 END AS length_m`;

/** A row with `fault` too: why the geometry is not valid, or null. Self-crossing lines are valid. */
export function drawnQuery(geometry: object): Query {
  const shape = sql`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(geometry)}::text), 4326)`;
  return toQuery(sql`SELECT ${measures(sql`shape`)}, NULL AS name, NULL AS name_fr,
    CASE WHEN NOT ST_IsValid(shape) THEN ST_IsValidReason(shape) END AS fault
    FROM (SELECT ST_Force2D(${shape}) AS shape) AS given`);
}

const nameOf = (layer: PublishedLayer, field: string) =>
  recordFields(layer).some(({ name, type }) => name === field && type === 'string') ? ident(field) : sql`NULL::text`;

function select(layer: PublishedLayer, filter: Filter, condition: Sql): Query {
  const [name, french] = [nameOf(layer, 'name'), nameOf(layer, 'name_fr')];
  return toQuery(sql`SELECT ${measures(sql`geom`)}, ${name} AS name, ${french} AS name_fr
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} AND ${condition} ORDER BY fid LIMIT 2`);
}

/** A record by its number or its `record_id`. */
export function featureQuery(layer: PublishedLayer, filter: Filter, item: number | string): Query {
  const same = typeof item === 'number' ? sql`fid = ${item}::bigint` : sql`record_id = ${item}::text`;
  return select(layer, filter, same);
}

/** Units by P-code, or by name without regard to case, accents and signs; at most two, to tell that a name is not one unit's. */
export function adminQuery(layer: PublishedLayer, filter: Filter, wanted: string): Query {
  const plain = (text: Sql) => sql`azalai.fold_name(${text})`;
  const conditions = ['pcode', 'name', 'name_fr'].map(
    (field) => sql`${plain(nameOf(layer, field))} = ${plain(sql`${wanted}::text`)}`,
  );
  const [pcode, name, french] = conditions as [Sql, Sql, Sql];
  return select(layer, filter, sql`(${pcode} OR ${name} OR ${french})`);
}
