import { type Query, type Sql, sql, toQuery } from '../sql.ts';
import { preparedTable, recordTable } from '../tables.ts';

/** As SQL, since a statement that defines something takes no parameters: 0 to MAX_RESOLUTION. */
const RESOLUTIONS = [sql`0`, sql`1`, sql`2`, sql`3`, sql`4`, sql`5`, sql`6`, sql`7`, sql`8`];

/** A resolution written out: which of the indexes fits must be known before the parameters are. */
export function resolutionLiteral(resolution: number): Sql {
  const literal = RESOLUTIONS[resolution];
  if (!literal) throw new RangeError(`no hexagons of resolution ${resolution}`);
  return literal;
}

interface Version {
  readonly table: string;
}

export function createHexTable(version: Version): Query {
  return toQuery(sql`CREATE TABLE ${preparedTable(version, 'hex')} (
    resolution smallint NOT NULL,
    -- Counts from 0 in the order of the cells: the feature id in tiles, and the place in a series.
    ordinal integer NOT NULL,
    cell bigint NOT NULL,
    -- The base cells inside it, as an inclusive range: see descendantRange in server/core/hex.ts.
    first_base bigint NOT NULL,
    last_base bigint NOT NULL,
    geom_3857 geometry(Polygon, 3857) NOT NULL,
    PRIMARY KEY (resolution, ordinal)
  )`);
}

/** The cells of a resolution that hold records: rows `{ cell (hexadecimal) }` in their order. */
export function usedCells(version: Version, resolution: number): Query {
  return toQuery(sql`SELECT to_hex(cell) AS cell FROM (
      SELECT DISTINCT azalai.h3_parent(h3_base, ${resolution}::integer) AS cell FROM ${recordTable(version)}
    ) AS used ORDER BY used.cell`);
}

/** Adds cells; each is `{ ordinal, cell, resolution, first, last, wkt }`, numbers beyond 2^53 as text. */
export function insertHexes(version: Version, cells: readonly object[]): Query {
  return toQuery(sql`INSERT INTO ${preparedTable(version, 'hex')}
    SELECT resolution, ordinal, cell, first, last, ST_Transform(ST_GeomFromText(wkt, 4326), 3857)
    FROM jsonb_to_recordset(${JSON.stringify(cells)}::jsonb)
      AS input (resolution smallint, ordinal integer, cell bigint, first bigint, last bigint, wkt text)`);
}

export function indexHexes(version: Version): Query[] {
  const table = preparedTable(version, 'hex');
  // One for each resolution: an index over all of them finds mostly cells of the finest.
  const indexes = RESOLUTIONS.map(
    (resolution) => sql`CREATE INDEX ON ${table} USING gist (geom_3857) WHERE resolution = ${resolution}`,
  );
  return [...indexes, sql`ANALYZE ${table}`].map(toQuery);
}
