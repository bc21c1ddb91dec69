import { type Filter, predicate } from '../../filter.ts';
import { type Query, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import type { Claims } from '../timeline/claim.ts';
import { areaOf, type Units, unitRelation } from './units.ts';

/** How much of a collection's area lies in a unit; null: in all of them and outside, together. */
export interface AreasRow {
  readonly unit: number | null;
  /** Records that have a part there. */
  readonly records: number;
  readonly area_m2: number;
}

/** The area of polygons by unit. Records that overlap are each counted. With a place, only what lies in it. */
export function polygonsQuery(layer: Claims['layer'], filter: Filter, units: Units): Query {
  const { place } = units;
  const geom = sql`CASE WHEN ST_IsValid(geom) THEN geom ELSE ST_CollectionExtract(ST_MakeValid(geom), 3) END`;
  const shape = place
    ? sql`ST_CollectionExtract(ST_Intersection(${geom}, ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(place)}::text), 4326)), 3)`
    : geom;
  return toQuery(sql`WITH ${unitRelation(units)},
    record AS MATERIALIZED (
      SELECT fid, shape FROM (SELECT fid, ${shape} AS shape FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}) AS cut
      WHERE NOT ST_IsEmpty(shape)),
    inside AS (
      SELECT nth, fid, ${areaOf(sql`ST_CollectionExtract(ST_Intersection(shape, geom), 3)`)} AS area_m2
      FROM unit JOIN record ON shape && geom AND ST_Relate(shape, geom, '2********'))
    SELECT NULL::bigint AS unit, count(*) AS records, coalesce(sum(${areaOf(sql`shape`)} ORDER BY fid), 0) AS area_m2 FROM record
    UNION ALL SELECT nth, count(*), sum(area_m2 ORDER BY fid) FROM inside GROUP BY nth ORDER BY unit NULLS FIRST`);
}
