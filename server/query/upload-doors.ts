import type { Mapping } from '../core/mapping.ts';
import { type Query, type Sql, sql, toNamedQuery, toQuery } from './sql.ts';

export type UploadState = 'receiving' | 'reading' | 'checking' | 'ready' | 'publishing' | 'published' | 'failed';

export interface UploadProgress {
  readonly stage: 'receiving' | 'reading' | 'checking' | 'preview' | 'publishing';
  readonly done: number;
  readonly total: number | null;
  readonly features: number | null;
  readonly secondsLeft: number | null;
  /** While a file comes: whether it can go on after its connection broke. */
  readonly resumable?: boolean;
}

/** A row of `azalai.upload`, and the ids of earlier ones with the same bytes. */
export interface UploadRow {
  readonly id: string;
  readonly name: string;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly state: UploadState;
  readonly progress: UploadProgress | Record<string, never>;
  readonly report: Readonly<Record<string, unknown>> | null;
  readonly mapping: Mapping | null;
  readonly error: { readonly code: string; readonly detail: string } | null;
  readonly collection: string | null;
  readonly generation: number | null;
  readonly created_at: string;
  /** Changes with every change of the row. */
  readonly updated_at: string;
  readonly same_as: readonly string[];
}

const instant = (column: Sql) => sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const COLUMNS = sql`id, name, bytes, sha256, state, progress, mapping, error, collection, generation,
  ${instant(sql`created_at`)} AS created_at, updated_at::text AS updated_at,
  coalesce((SELECT array_agg(other.id::text ORDER BY other.created_at) FROM azalai.upload AS other
    WHERE other.sha256 = upload.sha256 AND other.id <> upload.id AND other.created_at < upload.created_at), '{}') AS same_as`;

/** An UploadRow, or nothing. `id` is a UUID. */
export function uploadRow(id: string): Query {
  return toNamedQuery(sql`SELECT ${COLUMNS}, report FROM azalai.upload AS upload WHERE id = ${id}::uuid`);
}

/** The newest first: UploadRow without the report, which may be long. */
export function uploadRows(limit: number): Query {
  return toQuery(
    sql`SELECT ${COLUMNS}, NULL AS report FROM azalai.upload AS upload ORDER BY upload.created_at DESC, id LIMIT ${limit}::integer`,
  );
}

/** What differs from a file that comes in one go over HTTP. */
interface Coming {
  readonly resumable?: boolean;
  readonly byCommand?: boolean;
}

export function insertUpload(
  id: string,
  name: string,
  bytes: number | null,
  { resumable = false, byCommand = false }: Coming = {},
): Query {
  const progress: UploadProgress = {
    stage: 'receiving',
    done: 0,
    total: bytes,
    features: null,
    secondsLeft: null,
    resumable,
  };
  return toQuery(sql`INSERT INTO azalai.upload (id, name, bytes, state, progress, by_command)
    VALUES (${id}::uuid, ${name}, ${bytes}::bigint, 'receiving', ${JSON.stringify(progress)}::jsonb, ${byCommand}::boolean)`);
}

/** How much of a file has come; nothing when it is no longer being received. */
export function noteReceived(id: string, progress: UploadProgress): Query {
  return toQuery(sql`UPDATE azalai.upload SET progress = ${JSON.stringify(progress)}::jsonb, updated_at = now()
    WHERE id = ${id}::uuid AND state = 'receiving'`);
}

/** The file is complete: rows `{ id }`, none when somebody took the upload out meanwhile. */
export function completeUpload(id: string, bytes: number, sha256: string): Query {
  return toQuery(sql`UPDATE azalai.upload SET bytes = ${bytes}::bigint, sha256 = ${sha256}, state = 'reading',
      progress = '{}', updated_at = now()
    WHERE id = ${id}::uuid AND state = 'receiving' RETURNING id`);
}

export function failUpload(id: string, error: { readonly code: string; readonly detail: string }): Query {
  return toQuery(sql`UPDATE azalai.upload SET state = 'failed', error = ${JSON.stringify(error)}::jsonb, updated_at = now()
    WHERE id = ${id}::uuid`);
}

/** Moves it on only from one of these states: rows `{ id }`, none when it is in another. */
export function moveUpload(id: string, from: readonly UploadState[], to: UploadState): Query {
  return toQuery(sql`UPDATE azalai.upload SET state = ${to}, error = NULL, progress = '{}', attempts = 0, updated_at = now()
    WHERE id = ${id}::uuid AND state = ANY(${from}::text[]) RETURNING id`);
}

/** The same, with another mapping. */
export function remapUpload(id: string, from: readonly UploadState[], to: UploadState, mapping: Mapping): Query {
  return toQuery(sql`UPDATE azalai.upload SET state = ${to}, mapping = ${JSON.stringify(mapping)}::jsonb, error = NULL,
      progress = '{}', attempts = 0, updated_at = now()
    WHERE id = ${id}::uuid AND state = ANY(${from}::text[]) RETURNING id`);
}

/** Announced, as the trigger does it for other changes. Rows `{ id }`; none when it is in one of these states, or gone. */
export function deleteUpload(id: string, exceptIn: readonly UploadState[]): Query {
  return toQuery(
    sql`WITH gone AS (
        DELETE FROM azalai.upload WHERE id = ${id}::uuid AND state <> ALL(${exceptIn}::text[]) RETURNING id
      ) SELECT id, pg_notify('azalai_upload', id::text) FROM gone`,
  );
}

/** Files that came in one go, of which nothing was heard for so long: rows `{ id }`. With 0 nobody may be receiving. */
export function cutUploads(idleSeconds: number): Query {
  return toQuery(sql`SELECT id FROM azalai.upload
    WHERE state = 'receiving' AND NOT coalesce((progress ->> 'resumable')::boolean, false)
      AND updated_at <= now() - ${idleSeconds}::float8 * interval '1 second'`);
}

/** Files of which nothing has come since: rows `{ id }`. */
export function abandonedUploads(hours: number): Query {
  return toQuery(sql`SELECT id FROM azalai.upload
    WHERE state = 'receiving' AND updated_at < now() - ${hours}::float8 * interval '1 hour'`);
}

/** Rows `{ id }`. */
export function uploadIds(): Query {
  return toQuery(sql`SELECT id FROM azalai.upload`);
}

/** How far the publishing is. */
export function notePublishing(id: string, progress: UploadProgress): Query {
  return toQuery(sql`UPDATE azalai.upload SET progress = ${JSON.stringify(progress)}::jsonb, updated_at = now()
    WHERE id = ${id}::uuid AND state = 'publishing'`);
}

/** It was not published, and can be again; says nothing of one that is in another state. */
export function releaseUpload(id: string, error: { readonly code: string; readonly detail: string }): Query {
  return toQuery(sql`UPDATE azalai.upload SET state = 'ready', progress = '{}', error = ${JSON.stringify(error)}::jsonb,
      updated_at = now()
    WHERE id = ${id}::uuid AND state = 'publishing'`);
}
