import type { PublishedLayer } from '../../core/catalogue.ts';
import { ident, join, type Sql, sql } from '../sql.ts';
import { regionColumn, regionLevels } from '../staging/extra-columns.ts';
import { stagingTable } from '../staging/tables.ts';
import { recordTable } from '../tables.ts';
import type { Checking } from './check.ts';

/** Columns by which a boundary is called, those of them that the layer has. */
const NAMES = ['name', 'name_fr', 'pcode'];

/** One column of the file names regions of one level. */
export interface Claims {
  readonly column: string;
  readonly level: number;
  readonly regions: PublishedLayer;
}

/** The columns that can be checked. */
export function claimsOf({ mapping, regions }: Checking): readonly Claims[] {
  return regions ? regionLevels(mapping).map((claim) => ({ ...claim, regions })) : [];
}

/** `claim (name, records)`: what the records say, each name once. Part of a WITH. */
export function claimed({ staging }: Checking, { level }: Claims): Sql {
  const region = regionColumn(level);
  return sql`claim AS MATERIALIZED (SELECT ${region} AS name, count(*) AS records FROM ${stagingTable(staging, 'typed')}
    WHERE ${region} IS NOT NULL AND outcome IN ('unchanged', 'repaired') GROUP BY ${region})`;
}

/**
 * `boundary (name, geom, blur)`: the areas of the names that are known and how sharp their outlines are, km, by name or P-code, without regard to case, accents and
 * signs. Several regions of one name, in two countries, are one area. Part of a WITH, after `claim`.
 */
export function boundaries({ level, regions }: Claims): Sql {
  const has = (name: string) => regions.fields.some((field) => field.name === name);
  const names = NAMES.filter(has).map((name) => sql`azalai.fold_name(region.${ident(name)}::text)`);
  const ofLevel = has('level') ? sql`region.level = ${level}::integer` : sql`TRUE`;
  return sql`boundary AS MATERIALIZED (SELECT claim.name, ST_Union(region.geom) AS geom, coalesce(max(region.precision_m), 0) / 1000.0 AS blur
    FROM claim JOIN ${recordTable(regions)} AS region ON ${ofLevel} AND azalai.fold_name(claim.name) IN (${join(names, sql`, `)})
    GROUP BY claim.name)`;
}

/** Whether the layer has any boundary of the level. */
export function hasLevel({ level, regions }: Claims): Sql {
  const ofLevel = regions.fields.some((field) => field.name === 'level') ? sql`level = ${level}::integer` : sql`TRUE`;
  return sql`EXISTS (SELECT FROM ${recordTable(regions)} WHERE ${ofLevel})`;
}
