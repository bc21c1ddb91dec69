import type { PublishedLayer } from '../core/catalogue.ts';
import type { NameFields } from '../core/name-fields.ts';
import { type Filter, predicate } from './filter.ts';
import { ident, more, type Query, type Sql, sql, toQuery } from './sql.ts';
import { recordTable } from './tables.ts';

/** What `searchNamesQuery` says of the records of one name at one place. */
export interface NameRow {
  /** The lowest number among them. */
  readonly fid: number;
  readonly count: number;
  readonly name: string | null;
  readonly name_fr: string | null;
  readonly to_name: string | null;
  /** Values of the fields of other names, in their order. */
  readonly others: readonly (string | null)[];
  readonly codes: readonly (string | null)[];
  readonly rank: number | null;
  readonly population: number | null;
  /** Value of the layer's category field. */
  readonly kind: string | null;
  /** Degrees, EPSG:4326: a point of the first of them. */
  readonly lon: number;
  readonly lat: number;
  /** Degrees: west, south, east, north of all of them. */
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  /** Days, half-open, "YYYY-MM-DD"; null: open, or a layer without time. */
  readonly valid_from: string | null;
  readonly valid_to: string | null;
}

/** Records of one name within this many degrees of each other (some 20 km) are one answer. */
const SAME_PLACE = 0.2;

/**
 * The names of a layer's records that the caller may see, each once for a place where points have it, and once in all
 * for lines and areas, which come in pieces. At most `limit`, the most important first.
 */
export function searchNamesQuery(layer: PublishedLayer, filter: Filter, fields: NameFields, limit: number): Query {
  const text = (name: string | null): Sql => (name === null ? sql`NULL::text` : sql`nullif(trim(${ident(name)}), '')`);
  const isList = (name: string) => layer.fields.some((field) => field.name === name && field.type === 'strings');
  const other = (name: string): Sql => (isList(name) ? sql`array_to_string(${ident(name)}, '; ')` : text(name));
  const list = (names: readonly string[], each: (name: string) => Sql): Sql =>
    sql`ARRAY[${names.length === 0 ? sql`` : joined(names.map(each))}]::text[]`;
  const number = (name: string | null): Sql => (name === null ? sql`NULL::float8` : sql`${ident(name)}::float8`);
  const isOneText = layer.fields.some((field) => field.name === layer.kind && field.type === 'string');
  const kind = isOneText ? text(layer.kind as string) : sql`NULL::text`;
  const cell = layer.geometry === 'point' ? sql`ST_SnapToGrid(geom, ${SAME_PLACE}::float8)` : sql`NULL::geometry`;
  const first = (value: Sql) => sql`(array_agg(${value} ORDER BY fid))[1]`;
  const middle =
    layer.geometry === 'point'
      ? sql`geom`
      : layer.geometry === 'polygon'
        ? sql`ST_Transform(label_3857, 4326)`
        : sql`ST_PointOnSurface(geom)`;
  const day = (bound: Sql) => sql`to_char(${bound} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;
  // No record of the group may be open at an end that is told.
  const from = sql`CASE WHEN bool_or(lower_inf(valid)) THEN NULL ELSE ${day(sql`min(lower(valid))`)} END`;
  const to = sql`CASE WHEN bool_or(upper_inf(valid)) THEN NULL ELSE ${day(sql`max(upper(valid))`)} END`;
  return toQuery(sql`
    WITH named AS (
      SELECT fid, valid, geom, ${middle} AS middle, ${text(fields.name)} AS name, ${text(fields.nameFr)} AS name_fr,
        ${text(fields.toName)} AS to_name, ${list(fields.others, other)} AS others, ${list(fields.codes, text)} AS codes,
        ${number(fields.rank)} AS rank, ${number(fields.population)} AS population, ${cell} AS at, ${kind} AS kind
      FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)})
    SELECT min(fid) AS fid, count(*)::integer AS count, name, name_fr, to_name, others, codes,
      min(rank) AS rank, max(population) AS population, ${first(sql`kind`)} AS kind,
      ST_X(${first(sql`middle`)}) AS lon, ST_Y(${first(sql`middle`)}) AS lat,
      min(ST_XMin(geom)) AS west, min(ST_YMin(geom)) AS south, max(ST_XMax(geom)) AS east, max(ST_YMax(geom)) AS north,
      ${from} AS valid_from, ${to} AS valid_to
    FROM named WHERE name IS NOT NULL OR name_fr IS NOT NULL
    GROUP BY name, name_fr, to_name, others, codes, at
    ORDER BY min(rank) NULLS LAST, max(population) DESC NULLS LAST, count(*) DESC, min(fid)
    LIMIT ${limit}::integer`);
}

const joined = ([first, ...rest]: readonly Sql[]): Sql => sql`${first as Sql}${more(rest)}`;
