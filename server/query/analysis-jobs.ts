import type { Localized } from '../core/layer.ts';
import { EMPTY, type Query, type Sql, sql, toQuery } from './sql.ts';
import { isTakenBack, type MadeOf } from './withholding.ts';

export type JobState = 'accepted' | 'running' | 'successful' | 'failed' | 'dismissed';

/** What is sent to who asked in vain. RFC 9457. */
export interface JobProblem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** A question whose answer is come back for. Times are ISO 8601 UTC. */
export interface JobRow {
  readonly id: string;
  readonly process: string;
  readonly response: 'raw' | 'document';
  readonly access: 'public' | 'full';
  readonly state: JobState;
  /** 0 to 100. */
  readonly progress: number;
  readonly message: Localized | null;
  readonly created: string;
  readonly started: string | null;
  readonly finished: string | null;
  readonly updated: string;
  readonly expires: string;
  /** Why it failed, as problems are sent; null of one that failed: its process ended. */
  readonly problem: JobProblem | null;
}

const iso = (instant: Sql) => sql`to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const COLUMNS = sql`id, process, response, access, state, progress, message, problem,
  ${iso(sql`created_at`)} AS created, ${iso(sql`started_at`)} AS started, ${iso(sql`finished_at`)} AS finished,
  ${iso(sql`updated_at`)} AS updated, ${iso(sql`expires_at`)} AS expires`;

const IS_UNDERWAY = sql`state IN ('accepted', 'running')`;
const text = (value: unknown) => sql`${JSON.stringify(value)}::json`;

export interface NewJob extends Pick<JobRow, 'id' | 'process' | 'response' | 'access'> {
  readonly message: Localized;
  readonly keepDays: number;
}

/** A row as JobRow. */
export function insertJob({ id, process, response, access, message, keepDays }: NewJob): Query {
  return toQuery(sql`INSERT INTO azalai.job (id, process, response, access, message, expires_at)
    VALUES (${id}::uuid, ${process}::text, ${response}::text, ${access}::text, ${text(message)},
      now() + make_interval(days => ${keepDays}::integer))
    RETURNING ${COLUMNS}`);
}

/** Its turn has come: a row `{ id }`, none when it was dismissed. */
export function startJob(id: string): Query {
  return toQuery(sql`UPDATE azalai.job SET state = 'running', started_at = now(), updated_at = now(), heartbeat_at = now()
    WHERE id = ${id}::uuid AND state = 'accepted' RETURNING id`);
}

export interface JobProgress {
  readonly id: string;
  readonly progress: number;
  readonly message: Localized;
}

/** Says how far jobs are, and that somebody has them: rows `{ id }` of those that are still wanted. */
export function touchJobs(jobs: readonly JobProgress[]): Query {
  return toQuery(sql`UPDATE azalai.job SET heartbeat_at = now(), progress = now_at.progress, message = now_at.message,
      updated_at = CASE WHEN job.progress <> now_at.progress OR job.message::text <> now_at.message::text THEN now() ELSE updated_at END
    FROM json_to_recordset(${text(jobs)}) AS now_at (id uuid, progress integer, message json)
    WHERE job.id = now_at.id AND ${IS_UNDERWAY} RETURNING job.id`);
}

/** `result`: gzipped; `madeOf`: of which versions. */
export function finishJob(id: string, message: Localized, result: Buffer, madeOf: MadeOf): Query {
  return toQuery(sql`UPDATE azalai.job SET state = 'successful', progress = 100, message = ${text(message)},
      result = ${result}::bytea, asked = ${JSON.stringify(madeOf)}::jsonb, finished_at = now(), updated_at = now()
    WHERE id = ${id}::uuid AND state = 'running'`);
}

/** `problem`: why, null when its process ends. */
export function failJob(id: string, problem: JobProblem | null): Query {
  const why = problem ? text(problem) : sql`NULL`;
  return toQuery(sql`UPDATE azalai.job SET state = 'failed', problem = ${why}, finished_at = now(), updated_at = now()
    WHERE id = ${id}::uuid AND ${IS_UNDERWAY}`);
}

/** Says of jobs whose process has fallen silent that they failed. */
export function failSilentJobs(silentSeconds: number): Query {
  return toQuery(sql`UPDATE azalai.job SET state = 'failed', finished_at = now(), updated_at = now()
    WHERE ${IS_UNDERWAY} AND heartbeat_at < now() - make_interval(secs => ${silentSeconds}::float8)`);
}

const visible = (isFull: boolean) => (isFull ? EMPTY : sql` AND access = 'public'`);
const isKept = sql`expires_at > now()`;

/** One job, for who has the token (`isFull`) or not: a row as JobRow, or none. */
export function jobQuery(id: string, isFull: boolean): Query {
  return toQuery(sql`SELECT ${COLUMNS} FROM azalai.job WHERE id = ${id}::uuid AND ${isKept}${visible(isFull)}`);
}

/** All jobs, the newest first: rows as JobRow. */
export function jobsQuery(limit: number, offset: number): Query {
  return toQuery(sql`SELECT ${COLUMNS} FROM azalai.job WHERE ${isKept} ORDER BY created_at DESC, id
    LIMIT ${limit}::integer OFFSET ${offset}::integer`);
}

/** A row `{ result }`, gzipped, of one that was successful. */
export function jobResult(id: string): Query {
  return toQuery(sql`SELECT result FROM azalai.job WHERE id = ${id}::uuid AND result IS NOT NULL`);
}

/** Gives a job up, or its result: a row as JobRow, or none. */
export function dismissJob(id: string, isFull: boolean): Query {
  return toQuery(sql`UPDATE azalai.job SET state = 'dismissed', result = NULL, problem = NULL, message = NULL,
      finished_at = coalesce(finished_at, now()), updated_at = CASE WHEN state = 'dismissed' THEN updated_at ELSE now() END
    WHERE id = ${id}::uuid AND ${isKept}${visible(isFull)} RETURNING ${COLUMNS}`);
}

/**
 * Takes back what was found for anybody and is made of what is now kept from some: of one job, or of all. What takes the token
 * stays, for who has it sees all, unless it is made of what was removed.
 */
export function takeBackJobs(message: Localized, id?: string): Query {
  const which = id === undefined ? EMPTY : sql` AND id = ${id}::uuid`;
  return toQuery(sql`UPDATE azalai.job SET state = 'dismissed', result = NULL, message = ${text(message)}, updated_at = now()
    WHERE state = 'successful' AND ${isTakenBack(sql`asked`, sql`CASE access WHEN 'public' THEN 'public' ELSE 'restricted' END`)}${which}`);
}

/** Of jobs that have ended, all but the newest that are so many at most, and whose results and problems have so many bytes at most. */
export function deleteOldJobs(most: { readonly jobs: number; readonly bytes: number }): Query {
  return toQuery(sql`DELETE FROM azalai.job USING (
      SELECT id, row_number() OVER newest AS nth, sum(coalesce(octet_length(result), 0) + coalesce(octet_length(problem::text), 0)) OVER newest AS bytes
      FROM azalai.job WHERE NOT ${IS_UNDERWAY} WINDOW newest AS (ORDER BY created_at DESC, id)
    ) AS ended
    WHERE job.id = ended.id AND (nth > ${most.jobs}::bigint OR bytes > ${most.bytes}::bigint)`);
}

export function deleteExpiredJobs(): Query {
  return toQuery(sql`DELETE FROM azalai.job WHERE expires_at <= now()`);
}
