import { type Filter, predicate } from '../filter.ts';
import { ident, more, type Sql, sql } from '../sql.ts';
import { recordTable } from '../tables.ts';
import { PARTS, type Units, unitRelation } from './summary/units.ts';
import type { Claims } from './timeline/claim.ts';

/** By what records are told apart: units with outlines, or the H3 cells of a resolution. */
export type PlacedBy =
  | { readonly units: Units }
  | {
      readonly resolution: number;
      /** Half the width of a cell: the radius of a circle as large. */
      readonly radiusM: number;
    };

/** A further column of the relation, under a name that no field has. */
interface Column {
  readonly name: `group_${string}`;
  readonly value: Sql;
}

/**
 * Relations of a WITH that end in `placed (unit, imprecise, valid, confidence, source, ...)`: each record once, in the unit in which
 * it lies; of several, or on a shared outline, the first; null: in none. `unit` is the number of a unit, or of an
 * H3 cell: see `unitKey`. `imprecise`: it may lie farther off than half the unit's width, that of a circle as large,
 * or nothing says how far.
 */
export function placedRelation(
  layer: Claims['layer'],
  filter: Filter,
  by: PlacedBy,
  also: readonly Column[] = [],
): Sql {
  const columns = more(also.map(({ name, value }) => sql`${value} AS ${ident(name)}`));
  const names = more(also.map(({ name }) => ident(name)));
  const records = sql`${recordTable(layer)} WHERE ${predicate(layer, filter)}`;
  if ('resolution' in by) {
    return sql`placed AS (
      SELECT azalai.h3_parent(h3_base, ${by.resolution}::integer) AS unit,
        NOT coalesce(precision_m <= ${by.radiusM}::float8, FALSE) AS imprecise, valid, confidence, source${columns}
      FROM ${records})`;
  }
  return sql`${unitRelation(by.units)}, ${PARTS},
    hit AS MATERIALIZED (
      SELECT fid, min(nth) AS first FROM part, LATERAL (
        SELECT fid FROM ${recordTable(layer)}
        WHERE geom && shape AND ST_Intersects(geom, shape) AND ${predicate(layer, filter)} OFFSET 0) AS found
      GROUP BY fid),
    half AS (SELECT DISTINCT nth, radius_m FROM part),
    placed AS (
      SELECT first AS unit, first IS NOT NULL AND NOT coalesce(precision_m <= radius_m, FALSE) AS imprecise, valid, confidence, source${names}
      FROM (SELECT fid, precision_m, valid, confidence, source${columns} FROM ${records}) AS record
        LEFT JOIN hit USING (fid) LEFT JOIN half ON nth = first)`;
}

/** How counts know a unit: its number, or its H3 cell in hexadecimal. */
export const unitKey = (by: PlacedBy): Sql => ('resolution' in by ? sql`to_hex(unit)` : sql`unit`);
