import { type Filter, predicate } from '../filter.ts';
import { join, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';
import { nearBox } from './exposure/near-box.ts';
import { type Claims, textOf } from './timeline/claim.ts';

const iso = (instant: Sql) => sql`to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** An instant at which a record begins or ends to hold, ISO 8601 UTC. */
export interface BoundRow {
  readonly at: string;
}

/** The ends of the validity of records, each once, rising; open ends are none. */
export function boundsQuery(layer: Claims['layer'], filter: Filter): Query {
  return toQuery(sql`SELECT ${iso(sql`bound`)} AS at FROM (
      SELECT lower(valid) AS bound FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}
      UNION SELECT upper(valid) FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}) AS bounds
    WHERE isfinite(bound) ORDER BY bound`);
}

/** What is known of a corridor beside its way. */
export interface CorridorRow {
  readonly item: number;
  readonly record: string;
  readonly commodity: string | null;
  /** `flow`: only far ends are known, between which it is drawn straight. */
  readonly drawn: string | null;
  readonly precision_m: number;
}

export function corridorsQuery(layer: Claims['layer'], filter: Filter): Query {
  return toQuery(sql`SELECT fid AS item, record_id AS record, ${textOf(layer, 'commodity')} AS commodity,
      ${textOf(layer, 'drawn')} AS drawn, precision_m
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} ORDER BY fid`);
}

/** A site and one record of control that covers it, or reaches into the disc within which it may stand; a site without any is one row. */
export interface SiteRow {
  readonly item: number;
  readonly record: string;
  readonly name: string | null;
  readonly kind: string | null;
  /** How far off it may be, metres. */
  readonly site_precision_m: number;
  /** GeoJSON, degrees. */
  readonly geojson: string;
  /** `collection:item` of the record of control; null: there is none near. */
  readonly area: string | null;
  readonly actor: string | null;
  readonly control: string | null;
  /** ISO 8601 UTC; null: open. */
  readonly since: string | null;
  readonly is_inside: boolean | null;
  /**
   * Of areas that cover the site: whether the disc reaches beyond all areas, together, of which the same is said. An edge
   * that two of these share is none.
   */
  readonly reaches_out: boolean | null;
}

/** Sites with the records of control at or near them, looked for by their boxes. A site on an outline is inside. */
export function sitesQuery(sites: Pick<Claims, 'layer' | 'filter'>, claims: readonly Claims[]): Query {
  const { layer, filter } = sites;
  const areas = claims.map(
    (
      { layer: control, filter: at },
      list,
    ) => sql`SELECT ${list}::integer AS list, fid, ${control.id}::text || ':' || fid AS area,
      ${textOf(control, 'actor')} AS actor, coalesce(${textOf(control, 'control')}, 'holds') AS control,
      CASE WHEN isfinite(lower(valid)) THEN ${iso(sql`lower(valid)`)} END AS since,
      CASE WHEN ST_IsValid(geom) THEN geom ELSE ST_CollectionExtract(ST_MakeValid(geom), 3) END AS ground
      FROM ${recordTable(control)} WHERE ${predicate(control, at)}`,
  );
  const none = sql`SELECT 0 AS list, 0::bigint AS fid, ''::text AS area, NULL::text AS actor, NULL::text AS control, NULL::text AS since,
    NULL::geometry AS ground WHERE FALSE`;
  const kind = layer.kind === undefined ? sql`NULL::text` : textOf(layer, layer.kind);
  return toQuery(sql`WITH
    site AS MATERIALIZED (SELECT fid AS item, record_id AS record, ${textOf(layer, 'name')} AS name, ${kind} AS kind,
      precision_m AS site_precision_m, geom AS place, ${nearBox(sql`geom`, sql`coalesce(precision_m, 0)`)} AS around
      FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}),
    claim AS MATERIALIZED (${areas.length === 0 ? none : join(areas, sql` UNION ALL `)}),
    near AS MATERIALIZED (SELECT site.item, list, fid, area, actor, control, since, ground, ST_Intersects(ground, place) AS is_inside
      FROM site JOIN claim ON ground && around
        AND (ST_Intersects(ground, place) OR ST_DWithin(ground::geography, place::geography, site_precision_m))),
    edge AS (SELECT item, actor, control, ST_Distance(ST_Boundary(ST_Union(ground))::geography, place::geography) < site_precision_m AS reaches_out
      FROM near JOIN site USING (item) GROUP BY item, actor, control, place, site_precision_m HAVING bool_or(is_inside))
    SELECT site.item, record, name, kind, site_precision_m, ST_AsGeoJSON(place, 7) AS geojson, area, near.actor, near.control, since, is_inside,
      CASE WHEN is_inside THEN reaches_out END AS reaches_out
    FROM site LEFT JOIN near USING (item) LEFT JOIN edge ON edge.item = site.item
      AND edge.actor IS NOT DISTINCT FROM near.actor AND edge.control = near.control
    ORDER BY site.item, list, fid`);
}
