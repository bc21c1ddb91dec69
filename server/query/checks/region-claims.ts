import type { PublishedLayer } from '../../core/catalogue.ts';
import { ident, join, type Query, type Sql, sql, toQuery } from '../sql.ts';
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
export function claimsOf({ mapping, regions, regionsOf }: Checking): readonly Claims[] {
  return regionLevels(mapping).flatMap((claim) => {
    const layer = regionsOf?.get(claim.level) ?? regions;
    return layer ? [{ ...claim, regions: layer }] : [];
  });
}

/** Records whose names tell which boundaries are meant. */
const SAMPLE = 5_000;

/**
 * How well a layer of boundaries knows the names that the records of a layer of the file give, before they are checked: a row
 * `{ known (names), blur (metres, how sharp its outlines are), has (it has boundaries of the level at all) }`.
 */
export function knownNames({ staging, mapping }: Pick<Checking, 'staging' | 'mapping'>, claims: Claims): Query {
  const { column, level, regions } = claims;
  const table = recordTable(regions);
  return toQuery(sql`WITH claim AS (SELECT DISTINCT azalai.fold_name(properties ->> ${column}::text) AS name
      FROM (SELECT properties FROM ${stagingTable(staging, 'read')} WHERE part = ${mapping.part}::smallint LIMIT ${SAMPLE}::integer) AS sample)
    SELECT count(DISTINCT claim.name)::integer AS known, coalesce(max(region.precision_m), 0) AS blur, ${hasLevel(claims)} AS has
    FROM claim JOIN ${table} AS region ON region.level = ${level}::integer AND claim.name <> '' AND claim.name IN (${join(namesOf(regions), sql`, `)})`);
}

function namesOf({ fields }: PublishedLayer): readonly Sql[] {
  const has = (name: string) => fields.some((field) => field.name === name);
  return NAMES.filter(has).map((name) => sql`azalai.fold_name(region.${ident(name)}::text)`);
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
  const names = namesOf(regions);
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
