import type { PublishedLayer } from '../core/catalogue.ts';
import type { Field } from '../core/layer.ts';
import { type Filter, predicate } from './filter.ts';
import { itemColumn, itemGeometry } from './items.ts';
import { all, ident, join, more, type Query, type Sql, sql, toQuery } from './sql.ts';
import { recordTable } from './tables.ts';

/** Which records a page of an export has. */
export interface ExportPage {
  /** At most so many. */
  readonly limit: number;
  /** About so many bytes, as they are stored; the first record is in the page however large it is. */
  readonly bytes: number;
  /** Only those with a number above it. */
  readonly after: number | undefined;
}

/** Bytes of a record, told without unpacking its shape. A vertex is 16 bytes here, and some 24 as GeoJSON. */
function storedBytes(fields: readonly Field[]): Sql {
  const texts = fields.flatMap(({ name, type }) => {
    if (type === 'string') return [sql`coalesce(octet_length(${ident(name)}), 0)`];
    return type === 'strings' ? [sql`coalesce(octet_length(array_to_string(${ident(name)}, ',')), 0)`] : [];
  });
  return sql`(${join([sql`pg_column_size(geom) * 3 / 2`, ...texts], sql` + `)})::bigint`;
}

/** What a shape has more than it is stored with: equal vertices are packed to a hundredth. */
const PACKED_BYTES = sql`greatest(0, ST_MemSize(geom) - pg_column_size(geom)) * 3 / 2`;

/**
 * Records in the order of their numbers, as `itemsPageQuery` has them: rows `{ fid, geojson, ...fields }`. A record may have
 * a million vertices, so a page ends by its bytes: sizes are summed first, as they are stored, then of shapes that fit so
 * far as they are unpacked, and only what fits is read. A page may thus have fewer rows than `limit` though more follow;
 * only an empty one is the end.
 */
export function exportPageQuery(
  layer: PublishedLayer,
  filter: Filter,
  fields: readonly Field[],
  { limit, bytes, after }: ExportPage,
): Query {
  const table = recordTable(layer);
  const where = all([predicate(layer, filter), ...(after === undefined ? [] : [sql`fid > ${after}::bigint`])]);
  const fits = sql`(nth = 1 OR total <= ${bytes}::bigint)`;
  const summed = sql`fid, size, sum(size) OVER (ORDER BY fid) AS total, row_number() OVER (ORDER BY fid) AS nth`;
  // By number as an array: to join so few rows PostgreSQL may read the whole table.
  const unpacked = sql`SELECT fid, ${storedBytes(fields)} + ${PACKED_BYTES} AS size FROM ${table}
    WHERE fid = ANY (ARRAY(SELECT fid FROM stored WHERE ${fits}))`;
  return toQuery(sql`WITH sized AS MATERIALIZED (
      SELECT fid, ${storedBytes(fields)} AS size FROM ${table} WHERE ${where} ORDER BY fid LIMIT ${limit}::integer
    ), stored AS MATERIALIZED (SELECT ${summed} FROM sized), page AS (
      SELECT ${summed} FROM (${layer.geometry === 'point' ? sql`SELECT fid, size FROM sized` : unpacked}) AS unpacked
    )
    SELECT fid, ${itemGeometry(layer)} AS geojson${more(fields.map(itemColumn))}
    FROM ${table} WHERE fid = ANY (ARRAY(SELECT fid FROM page WHERE ${fits})) ORDER BY fid`);
}
