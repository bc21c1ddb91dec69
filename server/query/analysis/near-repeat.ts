import type { PublishedLayer } from '../../core/catalogue.ts';
import { IS_DATED, isKnownWithin } from '../day-span.ts';
import { type Filter, predicate } from '../filter.ts';
import { isImprecise } from '../imprecise.ts';
import { join, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';

/** Records of one collection of events. */
interface Events {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
}

/** How well an event must be known. */
export interface Known {
  /** Metres to within which its position is known. */
  readonly toMetres: number;
  /** Whether those that are not are compared all the same. */
  readonly takesImprecise: boolean;
  /** Days to within which its time is known. */
  readonly toDays: number;
}

/** How many events there are, and what is not known of them: each is counted with the first that it fails. */
export interface KnownRow {
  readonly nth: number;
  readonly events: number;
  /** Of these, those whose position is not known well enough. */
  readonly included: number;
  readonly imprecise: number;
  readonly undated: number;
  readonly vague: number;
}

/** An event: its collection among those asked from 0, its number, degrees, and the UTC day on which it began, from 1970-01-01. */
export type DatedRow = readonly [nth: number, item: number, lon: number, lat: number, day: number];

const isPlaced = ({ toMetres, takesImprecise }: Known): Sql =>
  takesImprecise ? sql`true` : sql`NOT ${isImprecise(toMetres)}`;

const each = (events: readonly Events[], toSql: (own: Events, nth: number) => Sql): Sql =>
  join(
    events.map((own, nth) => toSql(own, nth)),
    sql` UNION ALL `,
  );

/** A KnownRow for each collection, in their order. */
export function knownQuery(events: readonly Events[], known: Known): Query {
  const [isExact, placed] = [isKnownWithin(known.toDays), isPlaced(known)];
  return toQuery(
    sql`${each(
      events,
      ({ layer, filter }, nth) => sql`SELECT ${nth}::integer AS nth,
      count(*) FILTER (WHERE ${placed} AND ${IS_DATED} AND ${isExact}) AS events,
      count(*) FILTER (WHERE ${placed} AND ${IS_DATED} AND ${isExact} AND ${isImprecise(known.toMetres)}) AS included,
      count(*) FILTER (WHERE NOT ${placed}) AS imprecise,
      count(*) FILTER (WHERE ${placed} AND NOT ${IS_DATED}) AS undated,
      count(*) FILTER (WHERE ${placed} AND ${IS_DATED} AND NOT ${isExact}) AS vague
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`,
    )} ORDER BY nth`,
  );
}

const wellKnown = (own: Events, how: Known) =>
  sql`${recordTable(own.layer)} WHERE ${predicate(own.layer, own.filter)} AND ${isPlaced(how)} AND ${IS_DATED} AND ${isKnownWithin(how.toDays)}`;

/**
 * The events that are known well enough: DatedRows, along the cells of the map, so that neighbours are near in the list. What
 * lies at one place on one day is told apart by nothing that an answer depends on.
 */
export function datedQuery(events: readonly Events[], how: Known): Query {
  const text = sql`SELECT nth, fid, lon, lat, day FROM (${each(
    events,
    (own, nth) => sql`SELECT ${nth}::integer AS nth, fid, ST_X(geom) AS lon, ST_Y(geom) AS lat, h3_base,
      floor(extract(epoch FROM lower(valid)) / 86400)::integer AS day FROM ${wellKnown(own, how)}`,
  )}) AS dated ORDER BY h3_base, lon, lat, day, nth, fid`;
  return { ...toQuery(text), rowMode: 'array' };
}

/** How many events are compared, and how many pairs of them lie together. */
export interface PairsRow {
  readonly events: number;
  /** Pairs in one cell that is so small that all of it is near; where none is, at one place. */
  readonly near: number;
  /** Pairs in one cell that is so large that what is near is mostly in it: with those of the small ones. */
  readonly around: number;
}

/**
 * One PairsRow.
 * @param small, large bits of an H3 index below those of the cell: three for each digit; `small` undefined: one place
 */
export function pairsQuery(events: readonly Events[], how: Known, small: number | undefined, large: number): Query {
  const within = small === undefined ? sql`ST_AsBinary(geom)` : sql`h3_base >> ${small}::integer`;
  return toQuery(sql`WITH placed AS (${each(
    events,
    (own) => sql`SELECT h3_base >> ${large}::integer AS around, ${within} AS near FROM ${wellKnown(own, how)}`,
  )}), held AS (SELECT around, count(*)::float8 AS events FROM placed GROUP BY around, near)
  SELECT coalesce(sum(events), 0)::float8 AS events, coalesce(sum(near), 0)::float8 AS near, coalesce(sum(events * (events - 1) / 2), 0)::float8 AS around
  FROM (SELECT sum(events) AS events, sum(events * (events - 1) / 2) AS near FROM held GROUP BY around) AS counted`);
}
