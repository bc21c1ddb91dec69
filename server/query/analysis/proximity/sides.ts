import type { PublishedLayer } from '../../../core/catalogue.ts';
import { type Filter, predicate } from '../../filter.ts';
import { EMPTY, type Query, type Sql, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { WIDE, widthOf } from './reach.ts';

/** One side of a table of neighbours: a collection, and which of its records. */
export interface Side {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
}

/** What a side holds: how many records, how many wider than `WIDE`, the width of the widest other, and all vertices. */
export interface SideRow {
  readonly count: number;
  readonly wide: number;
  readonly width: number;
  readonly vertices: number;
}

/** One row `SideRow`. */
export function sideQuery({ layer, filter }: Side): Query {
  const width = widthOf(sql`geom`);
  const measured =
    layer.geometry === 'point'
      ? sql`0::bigint AS wide, 0::float8 AS width, count(*) AS vertices`
      : sql`count(*) FILTER (WHERE ${width} > ${WIDE}::float8) AS wide,
          coalesce(max(${width}) FILTER (WHERE ${width} <= ${WIDE}::float8), 0) AS width, coalesce(sum(ST_NPoints(geom)), 0) AS vertices`;
  return toQuery(
    sql`SELECT count(*) AS count, ${measured} FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`,
  );
}

/** Whether the two sides are of one collection: a record is then no neighbour of itself. */
export const isSame = (from: Side, to: Side) => from.layer.id === to.layer.id;

/** Of a record of a side: it belongs to the other side too, so that a pair of two such is found twice. */
export function isOther(side: Side, other: Side): Sql {
  return isSame(side, other) ? sql`coalesce(${predicate(other.layer, other.filter)}, FALSE)` : sql`FALSE`;
}

/** `(fid, precision_m, geom, geog, is_other)` of a side, to be put behind FROM. */
export function records(side: Side, other: Side, condition: Sql = EMPTY): Sql {
  const { layer, filter } = side;
  return sql`(SELECT fid, coalesce(precision_m, 0) AS precision_m, geom, geom::geography AS geog, ${isOther(side, other)} AS is_other
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}${condition} OFFSET 0)`;
}

/** Both sides of the table, and what they hold. */
export interface Sides {
  readonly from: Side;
  readonly to: Side;
  readonly held: {
    readonly from: SideRow;
    readonly to: SideRow;
    /** Records of the collection of `to` that the caller may see, whatever else is asked of them. */
    readonly seen: number;
  };
}

export const arePoints = ({ from, to }: Pick<Sides, 'from' | 'to'>) =>
  from.layer.geometry === 'point' && to.layer.geometry === 'point';

/** Where the records lie that look for others, as `searchArea` takes it. */
export const originOf = ({ layer }: Side) => ({ geom: sql`origin.geom`, isPoint: layer.geometry === 'point' });
