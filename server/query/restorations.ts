import { type Query, sql, toQuery } from './sql.ts';

/** What of it is done: `step` is that of preparing, see server/jobs/prepare. */
export interface RestorationProgress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

/** A row of `restorationQuery`. */
export interface RestorationRow {
  readonly id: string;
  readonly layer: string;
  /** The version to have again. */
  readonly wanted: number;
  readonly state: 'restoring' | 'restored' | 'failed';
  readonly progress: RestorationProgress | null;
  readonly error: { readonly code: string; readonly detail: string } | null;
  /** The version that it became; null: none yet. */
  readonly generation: number | null;
  readonly count: number | null;
  /** ISO 8601 UTC. */
  readonly created_at: string;
}

/** Whoever has said nothing for so long has ended: what it had done in its transaction is gone with it. */
const SILENT = sql`interval '1 minute'`;
const INTERRUPTED = {
  code: 'restore-interrupted',
  detail: 'The server or its database ended before this was done, and nothing was changed. Restore the version again.',
};
const KEPT = sql`interval '30 days'`;

/** Notes that a version is to be brought back; what is long over is forgotten. `id` is a UUID. */
export function beginRestoration(id: string, layer: string, wanted: number): Query {
  return toQuery(sql`WITH forgotten AS (DELETE FROM azalai.restoration WHERE created_at < now() - ${KEPT})
    INSERT INTO azalai.restoration (id, layer, wanted, state) VALUES (${id}::uuid, ${layer}::text, ${wanted}::integer, 'restoring')`);
}

/** A RestorationRow of the layer, or nothing. What nobody works on any more has failed. `id` is a UUID. */
export function restorationQuery(layer: string, id: string): Query {
  const isDead = sql`(state = 'restoring' AND updated_at < now() - ${SILENT})`;
  return toQuery(sql`SELECT id, layer, wanted, CASE WHEN ${isDead} THEN 'failed' ELSE state END AS state, progress,
      CASE WHEN ${isDead} THEN ${JSON.stringify(INTERRUPTED)}::jsonb ELSE error END AS error, generation, count,
      to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS created_at
    FROM azalai.restoration WHERE layer = ${layer}::text AND id = ${id}::uuid`);
}

/** Says that it is still worked on, and how far it is; null: nothing new. */
export function noteRestoration(id: string, progress: RestorationProgress | null): Query {
  return toQuery(sql`UPDATE azalai.restoration SET progress = coalesce(${progress && JSON.stringify(progress)}::jsonb, progress),
      updated_at = now()
    WHERE id = ${id}::uuid AND state = 'restoring'`);
}

/** In the transaction that publishes: it holds with what is published, or neither does. */
export function finishRestoration(id: string, generation: number, count: number): Query {
  return toQuery(sql`UPDATE azalai.restoration SET state = 'restored', progress = NULL, error = NULL,
      generation = ${generation}::integer, count = ${count}::bigint, updated_at = now()
    WHERE id = ${id}::uuid`);
}

/** Says nothing of one that is over. */
export function failRestoration(id: string, error: { readonly code: string; readonly detail: string }): Query {
  return toQuery(sql`UPDATE azalai.restoration SET state = 'failed', progress = NULL, error = ${JSON.stringify(error)}::jsonb,
      updated_at = now()
    WHERE id = ${id}::uuid AND state = 'restoring'`);
}
