import type { PublishedLayer } from '../../../core/catalogue.ts';
import { type Filter, predicate } from '../../filter.ts';
import { ident, join, type Query, type Sql, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { nearBox } from './near-box.ts';
import { type Chosen, subjectRelation } from './subjects.ts';

/** A collection of events, without a ceiling on their precision in the filter. */
export interface Events {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
  /** Metres: events whose position is known less well are counted apart. */
  readonly ceilingM: number;
}

/** Events near one record; near any of them, each counted once, where `list` is null. */
export interface AttacksRow {
  readonly list: number | null;
  readonly item: number | null;
  readonly attacks: number;
  readonly killed: number;
  /** Of `attacks`, those of which it is not said how many were killed. */
  readonly killed_unknown: number;
  /** Of `attacks`: before the middle of the window, after it, and those that cannot be told. */
  readonly first_half: number;
  readonly last_half: number;
  readonly undated: number;
  /** Of `attacks`: in each of the steps; what is not known to lie in one is in none. */
  readonly series: readonly number[];
  /** Left out of all these: not known precisely enough. */
  readonly imprecise: number;
}

/** Metres: a line is measured by pieces of its geodesics, so that the box of each is small. */
const PIECE_M = 20_000;

const killedOf = ({ fields }: PublishedLayer): Sql =>
  fields.some(({ name, type }) => name === 'killed' && (type === 'integer' || type === 'number'))
    ? sql`${ident('killed')}::float8`
    : sql`NULL::float8`;

/**
 * Counts events within a distance of each record, on the ellipsoid; what is just so far away is within. Records without any
 * have no row.
 * @param middle of the window, ISO 8601 UTC; null: it has none
 * @param bounds of steps that follow one another, days in UTC: one more than there are steps; or none
 */
export function attacksQuery(
  of: readonly Chosen[],
  flows: boolean,
  events: readonly Events[],
  withinM: number,
  middle: string | null,
  bounds: readonly string[],
): Query {
  const steps = sql`${bounds.map((day) => `${day}T00:00:00Z`)}::timestamptz[]`;
  const inSteps = bounds
    .slice(1)
    .map((_, index) => sql`count(*) FILTER (WHERE is_precise AND step = ${index + 1}::integer)`);
  const series = sql`ARRAY[${join(inSteps, sql`, `)}]::float8[]`;
  const step =
    bounds.length === 0
      ? sql`0`
      : sql`CASE WHEN upper(valid) <= (${steps})[width_bucket(lower(valid), ${steps}) + 1] THEN width_bucket(lower(valid), ${steps}) END`;
  const metres = sql`${withinM}::float8`;
  const near = events.map(
    ({ layer, filter, ceilingM }, nth) => sql`SELECT DISTINCT box.list, box.item, ${nth}::integer AS source, event.*
      FROM box, LATERAL (
        SELECT fid, ${killedOf(layer)} AS killed, (precision_m <= ${ceilingM}::float8) IS TRUE AS is_precise,
          coalesce(upper(valid) <= ${middle}::timestamptz, false) AS is_first,
          coalesce(lower(valid) >= ${middle}::timestamptz, false) AS is_last, ${step} AS step
        FROM ${recordTable(layer)}
        WHERE ${predicate(layer, filter)} AND geom && box.around
          AND ST_DWithin(geom::geography, box.part::geography, ${metres})) AS event`,
  );
  return toQuery(sql`WITH subject AS MATERIALIZED (${subjectRelation(of, flows)}),
    piece AS (
      SELECT list, item, geom AS part FROM subject WHERE ST_Dimension(geom) = 0
      UNION ALL SELECT list, item, ST_StartPoint(ST_GeometryN(geom, 1)) FROM subject WHERE ST_Dimension(geom) = 1
      UNION ALL SELECT list, item, dumped.geom FROM subject,
        LATERAL ST_DumpSegments(ST_Segmentize(geom::geography, ${PIECE_M}::float8)::geometry) AS dumped
        WHERE ST_Dimension(subject.geom) = 1),
    box AS MATERIALIZED (SELECT list, item, part, ${nearBox(sql`part`, metres)} AS around FROM piece),
    near AS (${join(near, sql` UNION ALL `)})
    SELECT list, item, count(*) FILTER (WHERE is_precise) AS attacks,
      coalesce(sum(killed) FILTER (WHERE is_precise), 0) AS killed,
      count(*) FILTER (WHERE is_precise AND killed IS NULL) AS killed_unknown,
      count(*) FILTER (WHERE is_precise AND is_first) AS first_half,
      count(*) FILTER (WHERE is_precise AND is_last) AS last_half,
      count(*) FILTER (WHERE is_precise AND NOT is_first AND NOT is_last) AS undated,
      ${series} AS series, count(*) FILTER (WHERE NOT is_precise) AS imprecise
    FROM near GROUP BY list, item
    UNION ALL SELECT NULL, NULL, count(*) FILTER (WHERE is_precise), coalesce(sum(killed) FILTER (WHERE is_precise), 0),
      count(*) FILTER (WHERE is_precise AND killed IS NULL), count(*) FILTER (WHERE is_precise AND is_first),
      count(*) FILTER (WHERE is_precise AND is_last), count(*) FILTER (WHERE is_precise AND NOT is_first AND NOT is_last),
      ${series}, count(*) FILTER (WHERE NOT is_precise)
    FROM (SELECT DISTINCT source, fid, killed, is_precise, is_first, is_last, step FROM near) AS each_once
    ORDER BY list NULLS LAST, item`);
}
