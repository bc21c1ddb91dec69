import { radiusOfCells } from '../../core/hex.ts';
import type { Layer } from '../../core/layer.ts';
import { isImprecise } from '../imprecise.ts';
import { monthColumns } from '../months.ts';
import { ident, more, type Query, sql, toQuery } from '../sql.ts';
import { preparedTable, recordTable } from '../tables.ts';

interface Version {
  readonly table: string;
}

const kind = (layer: Layer) => (layer.kind === undefined ? [] : [ident(layer.kind)]);
const names = (layer: Layer) => layer.measures.map((name) => ident(name));

export function createRollupTable(layer: Layer, version: Version): Query {
  return toQuery(sql`CREATE TABLE ${preparedTable(version, 'rollup')} (
    resolution smallint NOT NULL,
    ordinal integer NOT NULL,
    handling text NOT NULL${more(kind(layer).map((name) => sql`${name} text`))},
    first_month integer NOT NULL,
    end_month integer NOT NULL,
    -- Of records that are too imprecise for a hexagon of this resolution: see radiusOfCells in server/core/hex.ts.
    apart boolean NOT NULL,
    count integer NOT NULL${more(names(layer).map((name) => sql`${name} bigint`))}
  )`);
}

/** Rolls one resolution up, straight from the records. */
export function fillRollup(layer: Layer, version: Version, resolution: number): Query {
  const groups = sql`ordinal, handling${more(kind(layer))}, first_month, end_month, apart`;
  const sums = more(names(layer).map((name) => sql`sum(${name})`));
  return toQuery(sql`INSERT INTO ${preparedTable(version, 'rollup')}
    SELECT ${resolution}::smallint, ${groups}, count(*)${sums}
    FROM (
      SELECT ordinal, ${monthColumns(layer)}, ${isImprecise(radiusOfCells(resolution))} AS apart, record.*
      FROM ${recordTable(version)} AS record JOIN ${preparedTable(version, 'hex')} AS hex
        ON hex.resolution = ${resolution}::smallint AND hex.cell = azalai.h3_parent(h3_base, ${resolution}::integer)
    ) AS placed
    GROUP BY ${groups}
    -- As a tile reads it: each hexagon's rows together.
    ORDER BY ordinal, handling${more(kind(layer))}, first_month, end_month, apart`);
}

/** A row `{ rows }`: how many groups a resolution has. */
export function countRollup(version: Version, resolution: number): Query {
  return toQuery(
    sql`SELECT count(*) AS rows FROM ${preparedTable(version, 'rollup')} WHERE resolution = ${resolution}::smallint`,
  );
}

export function deleteRollup(version: Version, resolution: number): Query {
  return toQuery(sql`DELETE FROM ${preparedTable(version, 'rollup')} WHERE resolution = ${resolution}::smallint`);
}

export function indexRollup(layer: Layer, version: Version): Query[] {
  const table = preparedTable(version, 'rollup');
  return [
    sql`CREATE INDEX ON ${table} (resolution, ordinal${more(kind(layer))}, first_month)`,
    sql`CREATE INDEX ON ${table} (resolution${more(kind(layer))}, first_month)`,
    sql`ANALYZE ${table}`,
  ].map(toQuery);
}
