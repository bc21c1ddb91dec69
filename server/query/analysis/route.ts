import type { Geometry } from 'geojson';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { type Filter, predicate } from '../filter.ts';
import { type Query, type Sql, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';
import { searchArea } from './proximity/reach.ts';

const shape = (line: Geometry) => sql`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(line)}::text), 4326)`;
const meets = (area: Sql) => sql`(geom && ${area}.main OR geom && ${area}.wrapped)`;

/** One row `{ count }`: points within so many metres of both lines. */
export function sharedQuery(
  layer: PublishedLayer,
  filter: Filter,
  lines: readonly [Geometry, Geometry],
  metres: number,
): Query {
  const [one, other] = lines;
  const area = (name: Sql) => searchArea({ geom: sql`${name}.line`, isPoint: false }, sql`${metres}::float8`, 0);
  return toQuery(sql`SELECT count(*) AS count
    FROM (SELECT ${shape(one)} AS line) AS a, (SELECT ${shape(other)} AS line) AS b,
      LATERAL ${area(sql`a`)} AS around_a, LATERAL ${area(sql`b`)} AS around_b,
      LATERAL (SELECT geom::geography AS place FROM ${recordTable(layer)}
        WHERE ${predicate(layer, filter)} AND ${meets(sql`around_a`)} AND ${meets(sql`around_b`)} OFFSET 0) AS event
    WHERE ST_DWithin(place, a.line::geography, ${metres}::float8) AND ST_DWithin(place, b.line::geography, ${metres}::float8)`);
}
