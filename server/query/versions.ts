import type { PublishedLayer } from '../core/catalogue.ts';
import type { Layer } from '../core/layer.ts';
import { type Query, sql, toQuery } from './sql.ts';
import { PARTS_OF_THE_SERVED } from './tables.ts';

/**
 * How a version came to be: from the shipped files, from an upload, as an earlier version again, as a result that is kept,
 * by correcting single records, or by other settings of the layer.
 */
export type Origin =
  | { readonly kind: 'seed' }
  | { readonly kind: 'upload'; readonly upload: string }
  | { readonly kind: 'restore'; readonly generation: number }
  | { readonly kind: 'analysis' }
  | { readonly kind: 'correction' }
  | { readonly kind: 'settings' };

/** A row of `versionsQuery`. */
export interface VersionRow {
  readonly generation: number;
  /** As LayerSchema has it. */
  readonly definition: unknown;
  /** Table of the records; null when they are no longer kept. */
  readonly table_name: string | null;
  readonly count: number;
  readonly origin: Origin['kind'];
  readonly upload: string | null;
  readonly restored: number | null;
  /** ISO 8601 UTC. */
  readonly published_at: string;
}

const COLUMNS = sql`generation, definition, table_name, count, origin, upload, restored,
  to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS published_at`;

/** All versions of a layer, the newest first. */
export function versionsQuery(layer: string): Query {
  return toQuery(sql`SELECT ${COLUMNS} FROM azalai.version WHERE layer = ${layer}::text ORDER BY generation DESC`);
}

/** One of them, or nothing. */
export function versionQuery(layer: string, generation: number): Query {
  return toQuery(
    sql`SELECT ${COLUMNS} FROM azalai.version WHERE layer = ${layer}::text AND generation = ${generation}::integer`,
  );
}

/** Lets one transaction at a time publish to a layer; others wait, and find what it has published. */
export function lockLayer(layer: string): Query {
  return toQuery(sql`SELECT pg_advisory_xact_lock(7305802, hashtext(${layer}::text))`);
}

/**
 * Keeps a version that was just published. `definition` has nothing of the version itself. It says when this is written, not
 * when its transaction began: that may be minutes before anybody could see it, and before the version that it follows.
 */
export function recordVersion(
  definition: Layer,
  { generation, table, count, prepared }: Pick<PublishedLayer, 'generation' | 'table' | 'count' | 'prepared'>,
  origin: Origin,
): Query {
  const upload = origin.kind === 'upload' ? origin.upload : null;
  const restored = origin.kind === 'restore' ? origin.generation : null;
  return toQuery(sql`INSERT INTO azalai.version (layer, generation, definition, table_name, count, prepared, origin, upload, restored, published_at)
    VALUES (${definition.id}::text, ${generation}::integer, ${JSON.stringify(definition)}::jsonb, ${table}::text, ${count}::bigint,
      ${JSON.stringify(prepared)}::jsonb, ${origin.kind}::text, ${upload}::uuid, ${restored}::integer, clock_timestamp())`);
}

/**
 * Tables that no version needs any more: roll-ups and stored tiles of versions before `last`, everything of all but the
 * newest `keep` and, since the oldest of these, the newest `keep` corrections: single records corrected one by one would else
 * soon drop the version before the first of them. Cells and generalised copies stay with their records, so that an earlier version can be drawn. Rows
 * `{ tablename }`.
 */
export function outdatedTables(layer: string, pattern: string, last: number, keep: number): Query {
  return toQuery(sql`WITH ranked AS (SELECT table_name, generation, origin = 'correction' AS corrected,
      row_number() OVER (PARTITION BY origin = 'correction' ORDER BY generation DESC) AS nth
    FROM azalai.version WHERE layer = ${layer}::text AND table_name IS NOT NULL)
    SELECT tablename FROM pg_tables, regexp_match(tablename, ${pattern}::text) AS name
    WHERE schemaname = 'layer' AND name[1]::integer < ${last}::integer AND (
      name[3] = ANY(${PARTS_OF_THE_SERVED}::text[]) OR regexp_replace(tablename, '_[a-z]+$', '') NOT IN (
        SELECT table_name FROM ranked WHERE nth <= ${keep}::integer AND (NOT corrected OR generation > (
          SELECT coalesce(min(generation), 0) FROM ranked WHERE NOT corrected AND nth <= ${keep}::integer))))`);
}

/** Says of versions whose tables are gone that they are. */
export function forgetTables(layer: string, tables: readonly string[]): Query {
  return toQuery(sql`UPDATE azalai.version SET table_name = NULL
    WHERE layer = ${layer}::text AND table_name = ANY(${tables}::text[])`);
}
