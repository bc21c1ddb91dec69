import { recordFields } from '../../../core/layer.ts';
import { predicate } from '../../filter.ts';
import { EMPTY, type Query, type Sql, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { type Claims, textOf } from '../timeline/claim.ts';

/** What records are counted by: records of a collection of polygons, or shapes that are given (GeoJSON, degrees). */
export type Units = {
  /** Polygon, GeoJSON in degrees: only what lies in it is counted, and units end there. */
  readonly place?: object | undefined;
} & (
  | { readonly of: 'collection'; readonly layer: Claims['layer']; readonly filter: Claims['filter'] }
  | { readonly of: 'shapes'; readonly shapes: readonly object[] }
  /** Cells that tile the globe, as GeoJSON: they do not overlap. */
  | { readonly of: 'cells'; readonly shapes: readonly object[] }
);

/** Straight edges in degrees have vertices so near to one another (degrees) that their area on the ellipsoid is that of the map. */
const STEP = sql`0.25`;

/** Valid, and only what has an area. */
const tidy = (geom: Sql) =>
  sql`CASE WHEN ST_IsValid(${geom}) THEN ${geom} ELSE ST_CollectionExtract(ST_MakeValid(${geom}), 3) END`;
const fromGeoJson = (geojson: Sql) => sql`ST_SetSRID(ST_GeomFromGeoJSON(${geojson}), 4326)`;

function source(units: Units): Sql {
  if (units.of !== 'collection') {
    const shapes = JSON.stringify(units.shapes);
    // A cell over the antimeridian goes on beyond 180, where no record is.
    const drawn = tidy(fromGeoJson(sql`shape`));
    const geom = units.of === 'cells' ? sql`ST_WrapX(${drawn}, 180, -360)` : drawn;
    return sql`SELECT nth, NULL::text AS pcode, NULL::text AS name, NULL::text AS name_fr, NULL::bigint AS item, ${geom} AS geom
      FROM jsonb_array_elements(${shapes}::jsonb) WITH ORDINALITY AS list (shape, nth)`;
  }
  const { layer, filter } = units;
  return sql`SELECT row_number() OVER (ORDER BY fid) AS nth, ${textOf(layer, 'pcode')} AS pcode, ${textOf(layer, 'name')} AS name,
    ${textOf(layer, 'name_fr')} AS name_fr, fid AS item, ${tidy(sql`geom`)} AS geom
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`;
}

/**
 * Relations of a WITH that end in `unit (nth, pcode, name, name_fr, item, geom, cut_m2)`: the units in their order, which do
 * not overlap: ground that several claim is the first one's, and `cut_m2` is what a later one has lost by that.
 */
export function unitRelation(units: Units): Sql {
  const { place } = units;
  const clipped = place
    ? sql`ST_CollectionExtract(ST_Intersection(geom, ${fromGeoJson(sql`${JSON.stringify(place)}::text`)}), 3)`
    : sql`geom`;
  const within = place ? sql` WHERE geom && ${fromGeoJson(sql`${JSON.stringify(place)}::text`)}` : EMPTY;
  const given = sql`given_unit AS MATERIALIZED (
      SELECT nth, pcode, name, name_fr, item, ${clipped} AS geom FROM (${source(units)}) AS source${within})`;
  if (units.of === 'cells') {
    return sql`${given}, unit AS MATERIALIZED (SELECT *, 0::float8 AS cut_m2 FROM given_unit WHERE NOT ST_IsEmpty(geom))`;
  }
  return sql`${given},
    earlier AS MATERIALIZED (
      SELECT later.nth, ST_Union(former.geom) AS taken FROM given_unit AS later JOIN given_unit AS former
        ON former.nth < later.nth AND former.geom && later.geom AND ST_Relate(former.geom, later.geom, '2********')
      GROUP BY later.nth),
    unit AS MATERIALIZED (
      SELECT nth, pcode, name, name_fr, item, CASE WHEN taken IS NULL THEN given_unit.geom
          ELSE ST_CollectionExtract(ST_Difference(given_unit.geom, taken), 3) END AS geom,
        CASE WHEN taken IS NULL THEN 0
          ELSE ${areaOf(sql`ST_CollectionExtract(ST_Intersection(given_unit.geom, taken), 3)`)} END AS cut_m2
      FROM given_unit LEFT JOIN earlier USING (nth) WHERE NOT ST_IsEmpty(given_unit.geom))`;
}

/** On the ellipsoid, of the shape as a map in degrees draws it. */
export function areaOf(geom: Sql): Sql {
  return sql`ST_Area(ST_Segmentize(${geom}, ${STEP})::geography)`;
}

/** A unit as it is counted by. */
export interface UnitRow {
  /** From 1, in the order in which units are asked. */
  readonly nth: number;
  readonly pcode: string | null;
  readonly name: string | null;
  readonly name_fr: string | null;
  readonly item: number | null;
  readonly area_m2: number;
  /** What it shares with earlier ones, to which it belongs. */
  readonly cut_m2: number;
  /** GeoJSON, degrees. */
  readonly geojson: string;
}

export function unitsQuery(units: Units): Query {
  return toQuery(sql`WITH ${unitRelation(units)}
    SELECT nth, pcode, name, name_fr, item, ${areaOf(sql`geom`)} AS area_m2, cut_m2, ST_AsGeoJSON(ST_ForcePolygonCCW(geom), 7) AS geojson
    FROM unit ORDER BY nth`);
}

/** What units are before they are cut. */
export interface UnitsSizeRow {
  readonly units: number;
  readonly vertices: number;
  /** Pairs of them whose boxes meet; no more than were asked. */
  readonly pairs: number;
  /** Vertices of both in all these pairs. */
  readonly pair_vertices: number;
}

const withPlace = ({ filter, place }: Extract<Units, { readonly of: 'collection' }>) =>
  ({ ...filter, place: place ?? filter.place }) as Claims['filter'];

/** How much there is to cut. @param most pairs that are looked at */
export function unitsSizeQuery(units: Exclude<Units, { readonly of: 'cells' }>, most: number): Query {
  // Of a collection by the index on its shapes.
  const relation =
    units.of === 'collection'
      ? sql`SELECT fid AS nth, geom FROM ${recordTable(units.layer)} WHERE ${predicate(units.layer, withPlace(units))}`
      : sql`SELECT nth, geom FROM (${source(units)}) AS source`;
  return toQuery(sql`WITH one AS NOT MATERIALIZED (SELECT nth, geom, ST_NPoints(geom) AS vertices FROM (${relation}) AS unit),
    pair AS (SELECT former.vertices + later.vertices AS vertices FROM one AS former JOIN one AS later
      ON former.nth < later.nth AND former.geom && later.geom LIMIT ${most}::integer)
    SELECT (SELECT count(*) FROM one) AS units, (SELECT coalesce(sum(vertices), 0) FROM one)::float8 AS vertices,
      count(*) AS pairs, coalesce(sum(vertices), 0)::float8 AS pair_vertices FROM pair`);
}

/** Small parts of the units, quick to look points up in: `part (nth, radius_m, shape)`. */
export const PARTS: Sql = sql`part AS MATERIALIZED (
  SELECT nth, sqrt(ST_Area(geom::geography) / pi()) AS radius_m, ST_Subdivide(geom, 96) AS shape FROM unit)`;

/** Numeric fields of a collection that are summed. */
export function measuresOf(layer: Claims['layer']): readonly string[] {
  const numeric = recordFields(layer).filter(({ type }) => type === 'integer' || type === 'number');
  return layer.measures.filter((measure) => numeric.some(({ name }) => name === measure));
}
