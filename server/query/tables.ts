import { ident, type Sql } from './sql.ts';

/** The tables of one version of a layer: its records, and what is made of them when it is published. */
interface Version {
  /** Name of the table of records; the others are named after it. */
  readonly table: string;
}

const PARTS = ['hex', 'rollup', 'band', 'tile'] as const;
type Part = (typeof PARTS)[number];

/** Made for many requests: only the version in service has them. */
export const PARTS_OF_THE_SERVED: readonly Part[] = ['rollup', 'tile'];

/** The name of the table of records of a generation. */
export function recordTableName(layerId: string, generation: number): string {
  return `${layerId}_${generation}`;
}

/** The records: a column for each field, `valid`, `geom` (4326), `geom_3857`, of points `h3_base`. */
export function recordTable({ table }: Version): Sql {
  return ident('layer', table);
}

/**
 * `hex`: the cells that hold records, `(resolution, ordinal, cell, first_base, last_base, geom_3857)`.
 * `rollup`: counts and sums per `(resolution, ordinal, handling, <kind>, first_month, end_month, apart)`,
 * `apart`: of records whose position is not known to within the radius of a circle as large as a hexagon.
 * `band`: generalised copies of lines and polygons, `(band, fid, geom_3857)`.
 * `tile`: tiles that are ready, gzipped, `(family, z, x, y, mvt)`.
 */
export function preparedTable({ table }: Version, part: Part): Sql {
  return ident('layer', `${table}_${part}`);
}

/** Matches the names of all tables of a layer, its number of generation in the first group. */
export function tablePattern(layerId: string): string {
  return `^${layerId}_([0-9]+)(_(${PARTS.join('|')}))?$`;
}
