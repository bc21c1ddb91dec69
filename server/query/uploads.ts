import type { Mapping } from '../core/mapping.ts';
import { type Query, sql, toQuery } from './sql.ts';
import type { UploadProgress, UploadState } from './upload-doors.ts';

/** Of locks on uploads, beside those on layers and on the schema. */
const LOCKS = 7_305_803;
/** Of locks on uploads that a command brings, for as long as it lives. */
const COMMANDS = 7_305_804;

/** A row of `uploadToImport`. */
export interface UploadToImport {
  readonly id: string;
  readonly name: string;
  readonly state: UploadState;
  /** As FileReport in server/ingest/report.ts. */
  readonly report: unknown;
  readonly mapping: Mapping | null;
  /** How often it was begun since a person last asked for it. */
  readonly attempts: number;
}

/** A row `{ taken }`: whether this transaction is now the one that works on the upload. Held until it ends. */
export function lockUpload(id: string): Query {
  return toQuery(sql`SELECT pg_try_advisory_xact_lock(${LOCKS}::integer, hashtext(${id}::text)) AS taken`);
}

/** Of each kind of work one goes on at a time, in whichever process: it takes a processor, memory and connections. */
const WORKING = { reading: 7_305_805, publishing: 7_305_806 } as const;

/** Waits until nobody else does work of this kind; then this transaction does, until it ends. */
export function waitForTurn(kind: keyof typeof WORKING): Query {
  return toQuery(sql`SELECT pg_advisory_xact_lock(${WORKING[kind]}::bigint)`);
}

/** Says of an upload that a command brings that this transaction is its process. Held until it ends. */
export function lockCommand(id: string): Query {
  return toQuery(sql`SELECT pg_advisory_xact_lock(${COMMANDS}::integer, hashtext(${id}::text))`);
}

/** Uploads of commands whose process is gone, and which were not published: rows `{ id }`. */
export function deadCommands(): Query {
  return toQuery(sql`WITH open AS MATERIALIZED (SELECT id FROM azalai.upload WHERE by_command AND state <> 'published')
    SELECT id FROM open WHERE pg_try_advisory_xact_lock(${COMMANDS}::integer, hashtext(id::text))`);
}

/** An UploadToImport, or nothing when it was removed. */
export function uploadToImport(id: string): Query {
  return toQuery(sql`SELECT ${WORK} FROM azalai.upload WHERE id = ${id}::uuid`);
}

const WORK = sql`id, name, state, report, mapping, attempts`;

/** The same, when it is in one of these states: counted as begun once more. */
export function beginAttempt(id: string, states: readonly UploadState[]): Query {
  return toQuery(sql`UPDATE azalai.upload SET attempts = attempts + 1, updated_at = now()
    WHERE id = ${id}::uuid AND state = ANY(${states}::text[]) RETURNING ${WORK}`);
}

/** It was ended on purpose, with its server: that says nothing of the file. */
export function forgiveAttempt(id: string): Query {
  return toQuery(
    sql`UPDATE azalai.upload SET attempts = greatest(0, attempts - 1) WHERE id = ${id}::uuid AND state IN ('reading', 'checking', 'publishing')`,
  );
}

/** Says how far the import is; nothing once it is over. */
export function noteImport(id: string, progress: UploadProgress): Query {
  return toQuery(sql`UPDATE azalai.upload SET progress = ${JSON.stringify(progress)}::jsonb, updated_at = now()
    WHERE id = ${id}::uuid AND state IN ('reading', 'checking')`);
}

/** The file has been read: rows `{ id }`, none when the upload was removed or changed meanwhile. */
export function storeReading(id: string, report: unknown, mapping: Mapping): Query {
  return toQuery(sql`UPDATE azalai.upload SET report = ${JSON.stringify(report)}::jsonb,
      mapping = coalesce(mapping, ${JSON.stringify(mapping)}::jsonb), state = 'checking', updated_at = now()
    WHERE id = ${id}::uuid AND state = 'reading' RETURNING id`);
}

/** The records have been checked, and may be published: rows `{ id }` as for `storeReading`. */
export function storeCheck(id: string, report: unknown): Query {
  return toQuery(sql`UPDATE azalai.upload SET report = ${JSON.stringify(report)}::jsonb, state = 'ready', progress = '{}',
      error = NULL, attempts = 0, updated_at = now()
    WHERE id = ${id}::uuid AND state = 'checking' RETURNING id`);
}

/** The import ended without a result; says nothing of an upload that it has left already. */
export function failImport(id: string, error: { readonly code: string; readonly detail: string }): Query {
  return toQuery(sql`UPDATE azalai.upload SET state = 'failed', error = ${JSON.stringify(error)}::jsonb, progress = '{}', updated_at = now()
    WHERE id = ${id}::uuid AND state IN ('reading', 'checking') RETURNING id`);
}

/**
 * Uploads to be read or checked still, but those of commands, on which nobody works, and of which nothing was heard for so long: rows `{ id }`, the
 * oldest first.
 */
export function unfinishedImports(idleSeconds: number): Query {
  return toQuery(sql`WITH open AS MATERIALIZED (SELECT id, created_at FROM azalai.upload
      WHERE state IN ('reading', 'checking') AND NOT by_command AND updated_at <= now() - ${idleSeconds}::float8 * interval '1 second')
    SELECT id FROM open WHERE pg_try_advisory_xact_lock(${LOCKS}::integer, hashtext(id::text)) ORDER BY created_at`);
}

/**
 * Uploads whose publishing ended with the server that did it go back to where they were: publishing is one transaction,
 * so nothing of it is there. Those on which another process works are left alone, and those of which something was heard
 * since so long. Rows `{ id }`.
 */
export function releaseUnpublished(error: { readonly code: string; readonly detail: string }, idleSeconds = 0): Query {
  return toQuery(sql`WITH stuck AS MATERIALIZED (SELECT id FROM azalai.upload WHERE state = 'publishing'
        AND updated_at <= now() - ${idleSeconds}::float8 * interval '1 second'),
      free AS MATERIALIZED (SELECT id FROM stuck WHERE pg_try_advisory_xact_lock(${LOCKS}::integer, hashtext(id::text)))
    UPDATE azalai.upload SET state = 'ready', error = ${JSON.stringify(error)}::jsonb, progress = '{}', updated_at = now()
    WHERE id IN (SELECT id FROM free) AND state = 'publishing' RETURNING id`);
}

/** Says that somebody still has these to publish, when their turn comes. */
export function touchPublishing(ids: readonly string[]): Query {
  return toQuery(
    sql`UPDATE azalai.upload SET updated_at = now() WHERE id = ANY(${ids}::text[]::uuid[]) AND state = 'publishing'`,
  );
}

/** Tables of uploads that are gone, and versions that nobody makes any more: rows `{ name }`. */
export function strayStaging(): Query {
  return toQuery(sql`SELECT tablename AS name FROM pg_tables
    WHERE schemaname = 'staging' AND tablename ~ '^[0-9a-f]{32}_(read|typed|issue|version)$'
      AND NOT EXISTS (SELECT FROM azalai.upload WHERE id = left(tablename, 32)::uuid AND (tablename !~ '_version$' OR state = 'publishing'))`);
}
