import type { Layer } from '../core/layer.ts';
import { ident, join, type Query, type Sql, sql, toQuery } from './sql.ts';
import { recordTable } from './tables.ts';

/** Those from whom something is kept: who sees what is public, who sees what is internal too, and who sees all. */
export type Audience = Layer['handling'];
/** From who sees all only what is removed is kept. */
type Limited = Exclude<Audience, 'restricted'>;

/** What a result was made of: the version of each collection that was in service then, by the id of the collection. */
export type MadeOf = Readonly<Record<string, number>>;

const SEES: Readonly<Record<Limited, readonly Layer['handling'][]>> = {
  public: ['public'],
  internal: ['public', 'internal'],
};
const AUDIENCES = Object.keys(SEES) as Limited[];

/** Tables of the versions of a layer before one: rows `{ table }`. */
export function earlierTables(layer: string, generation: number): Query {
  return toQuery(sql`SELECT table_name AS table FROM azalai.version
    WHERE layer = ${layer}::text AND generation < ${generation}::integer AND table_name IS NOT NULL ORDER BY generation DESC`);
}

/** Whether a version closes what an earlier one shows and nothing has kept back so far, to who sees these handlings. */
function closesMore(
  { id, table }: { readonly id: string; readonly table: string },
  earlier: readonly string[],
  sees: readonly string[],
): Sql {
  const open = (handling: Sql) => sql`${handling} = ANY(${sees}::text[])`;
  const closed = sql`SELECT fid, record_id FROM ${recordTable({ table })} WHERE NOT ${open(sql`handling`)}
    AND NOT EXISTS (SELECT FROM azalai.withheld
      WHERE layer_id = ${id}::text AND item = fid AND record = record_id AND NOT ${open(sql`level`)})`;
  const shown = earlier.flatMap((each) =>
    ['fid', 'record_id'].map(
      (key) => sql`EXISTS (SELECT FROM closed JOIN ${recordTable({ table: each })} AS earlier USING (${ident(key)})
        WHERE ${open(sql`earlier.handling`)})`,
    ),
  );
  return sql`(WITH closed AS MATERIALIZED (${closed}) SELECT EXISTS (SELECT FROM closed) AND (${join(shown, sql` OR `)}))`;
}

/**
 * From whom a version that is being published keeps what an earlier version, one of the tables, has shown: rows
 * `{ audience }`. To be asked before `keepWithheld` notes what it withholds. There is at least one earlier version.
 */
export function withheldAnew(
  version: { readonly id: string; readonly table: string },
  earlier: readonly string[],
): Query {
  const each = AUDIENCES.map(
    (audience) => sql`SELECT ${audience}::text AS audience WHERE ${closesMore(version, earlier, SEES[audience])}`,
  );
  return toQuery(join(each, sql` UNION ALL `));
}

/** Lets one transaction at a time keep results, or take them back. */
export function lockResults(): Query {
  return toQuery(sql`SELECT pg_advisory_xact_lock(7305803, 0)`);
}

/** Keeps in mind that a version withholds from these what earlier ones did not. */
export function noteWithholding(layer: string, generation: number, audiences: readonly Audience[]): Query {
  return toQuery(sql`INSERT INTO azalai.withholding AS known (layer, audience, generation)
    SELECT ${layer}::text, audience, ${generation}::integer FROM unnest(${audiences}::text[]) AS audience
    ON CONFLICT (layer, audience) DO UPDATE SET generation = greatest(known.generation, excluded.generation)`);
}

/** Whether what was made of these versions (MadeOf, as jsonb) for some readers may hold what is now kept from them. */
export function isTakenBack(madeOf: Sql, audience: Sql): Sql {
  return sql`EXISTS (SELECT FROM azalai.withholding WHERE withholding.audience = ${audience}
    AND (${madeOf} ->> withholding.layer)::integer < withholding.generation)`;
}
