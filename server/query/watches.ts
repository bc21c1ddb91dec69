import type {
  DigestContent,
  DigestEntry,
  NewWatch,
  Rhythm,
  Watch,
  WatchChanges,
  WatchedAnswer,
} from '../core/watch.ts';
import { EMPTY, type Query, type Sql, sql, toQuery } from './sql.ts';
import { isTakenBack, type MadeOf } from './withholding.ts';

const iso = (instant: Sql) => sql`to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const text = (value: unknown) => sql`${JSON.stringify(value)}::json`;

/** Everything of a question but how often it failed. */
const COLUMNS = sql`id, title, process, inputs, address, language, handling, brief, ${iso(sql`created_at`)} AS "createdAt",
  ${iso(sql`answered_at`)} AS "answeredAt", answer -> 'text' AS text, asked,
  CASE WHEN failures > 0 THEN json_build_object('times', failures, 'againAt', ${iso(sql`again_at`)}, 'problem', problem) END AS failing`;

/** A row as Watch; none when there are so many already. Of two at the same moment both may be taken. */
export function insertWatch(id: string, watch: NewWatch, most: number): Query {
  const { title, process, inputs, address, language, handling, brief } = watch;
  return toQuery(sql`INSERT INTO azalai.watch (id, title, process, inputs, address, language, handling, brief)
    SELECT ${id}::uuid, ${title}::text, ${process}::text, ${text(inputs)}, ${address}::text, ${language}::text,
      ${handling}::text, ${brief}::text WHERE (SELECT count(*) FROM azalai.watch) < ${most}::bigint RETURNING ${COLUMNS}`);
}

/** All of them, the newest first: rows as Watch. */
export function watchesQuery(): Query {
  return toQuery(sql`SELECT ${COLUMNS} FROM azalai.watch ORDER BY created_at DESC, id`);
}

/** A row as Watch, or none. */
export function watchQuery(id: string): Query {
  return toQuery(sql`SELECT ${COLUMNS} FROM azalai.watch WHERE id = ${id}::uuid`);
}

/** A row as Watch, or none. */
export function updateWatch(id: string, { title, brief }: WatchChanges): Query {
  return toQuery(sql`UPDATE azalai.watch SET title = coalesce(${title ?? null}::text, title),
    brief = coalesce(${brief ?? null}::text, brief) WHERE id = ${id}::uuid RETURNING ${COLUMNS}`);
}

/** A row `{ id }`, or none. */
export function deleteWatch(id: string): Query {
  return toQuery(sql`DELETE FROM azalai.watch WHERE id = ${id}::uuid RETURNING id`);
}

/** What is needed to know whether a question is to be asked. */
export interface WaitingWatch {
  readonly id: string;
  readonly asked: MadeOf | null;
}

/** Questions that nobody asks now and that may be asked again, the longest unanswered first: rows as WaitingWatch. */
export function waitingWatches(): Query {
  return toQuery(sql`SELECT id, asked FROM azalai.watch
    WHERE again_at <= now() AND (claimed_until IS NULL OR claimed_until < now()) ORDER BY answered_at NULLS FIRST, id`);
}

/** A question that is asked now, with the answer before. */
export interface ClaimedWatch extends Pick<Watch, 'id' | 'title' | 'process' | 'inputs' | 'handling' | 'asked'> {
  readonly answer: WatchedAnswer | null;
  readonly failures: number;
  /** Whether there has been an answer, which may have been taken back since. */
  readonly isAnswered: boolean;
}

/** Takes a question for so many seconds: a row as ClaimedWatch, none when another has it. */
export function claimWatch(id: string, seconds: number): Query {
  return toQuery(sql`UPDATE azalai.watch SET claimed_until = now() + make_interval(secs => ${seconds}::float8)
    WHERE id = ${id}::uuid AND (claimed_until IS NULL OR claimed_until < now())
    RETURNING id, title, process, inputs, handling, asked, answer, failures, answered_at IS NOT NULL AS "isAnswered"`);
}

/** Says that it is still asked. */
export function holdWatch(id: string, seconds: number): Query {
  return toQuery(sql`UPDATE azalai.watch SET claimed_until = now() + make_interval(secs => ${seconds}::float8)
    WHERE id = ${id}::uuid AND claimed_until IS NOT NULL`);
}

/** Gives it back without an answer, to be asked again after so many seconds. */
export function releaseWatch(id: string, seconds: number): Query {
  return toQuery(sql`UPDATE azalai.watch SET claimed_until = NULL,
    again_at = now() + make_interval(secs => ${seconds}::float8) WHERE id = ${id}::uuid`);
}

/** Keeps what was found: a row `{ id }`, none when the question is gone. */
export function answerWatch(id: string, answer: WatchedAnswer, madeOf: MadeOf): Query {
  return toQuery(sql`UPDATE azalai.watch SET answer = ${text(answer)}, asked = ${JSON.stringify(madeOf)}::jsonb, answered_at = now(),
    failures = 0, problem = NULL, again_at = now(), claimed_until = NULL WHERE id = ${id}::uuid RETURNING id`);
}

/** Keeps why there was no answer, and waits for so many seconds: a row `{ id }`, none when the question is gone. */
export function failWatch(id: string, problem: DigestContent['problem'], seconds: number): Query {
  return toQuery(sql`UPDATE azalai.watch SET failures = failures + 1, problem = ${text(problem)}, claimed_until = NULL,
    again_at = now() + make_interval(secs => ${seconds}::float8) WHERE id = ${id}::uuid RETURNING id`);
}

export type NewEntry = Pick<DigestEntry, 'id' | 'watch' | 'kind'> & { readonly content: DigestContent };

export function insertEntry({ id, watch, kind, content }: NewEntry, madeOf: MadeOf): Query {
  return toQuery(sql`INSERT INTO azalai.watch_entry (id, watch, kind, made_of, content)
    VALUES (${id}::uuid, ${watch}::uuid, ${kind}::text, ${JSON.stringify(madeOf)}::jsonb, ${text(content)})`);
}

const ENTRY = sql`entry.id, entry.watch, watch.title, watch.handling, ${iso(sql`entry.at`)} AS at, entry.kind, entry.content`;

/** Which entries are wanted; all when nothing is said. */
export interface EntriesWanted {
  readonly limit: number;
  readonly offset?: number;
  readonly watch?: string;
  /** For the feed: public ones that have not been taken back. */
  readonly isPublic?: boolean;
  /** ISO 8601: none before. */
  readonly since?: string;
}

/** The newest first: rows as DigestEntry. */
export function entriesQuery({ limit, offset = 0, watch, isPublic, since }: EntriesWanted): Query {
  const open = isPublic ? sql` AND watch.handling = 'public' AND entry.content IS NOT NULL` : EMPTY;
  const of = watch === undefined ? EMPTY : sql` AND entry.watch = ${watch}::uuid`;
  const later = since === undefined ? EMPTY : sql` AND entry.at >= ${since}::timestamptz`;
  return toQuery(sql`SELECT ${ENTRY} FROM azalai.watch_entry AS entry JOIN azalai.watch ON watch.id = entry.watch
    WHERE TRUE${open}${of}${later} ORDER BY entry.at DESC, entry.id LIMIT ${limit}::integer OFFSET ${offset}::integer`);
}

/** From whom something must be withheld for what was made of it for this handling to be taken back. */
const audienceOf = (handling: Sql) => sql`CASE ${handling} WHEN 'public' THEN 'public' ELSE 'restricted' END`;

/** Takes out of the digest, and out of the answers that are kept, what is made of what is withheld by now. */
export function takeBackDigest(): Query[] {
  return [
    sql`UPDATE azalai.watch_entry SET content = NULL FROM azalai.watch
      WHERE watch.id = watch_entry.watch AND content IS NOT NULL AND ${isTakenBack(sql`made_of`, audienceOf(sql`watch.handling`))}`,
    sql`UPDATE azalai.watch SET answer = NULL, asked = NULL, again_at = least(again_at, now())
      WHERE asked IS NOT NULL AND ${isTakenBack(sql`watch.asked`, audienceOf(sql`watch.handling`))}`,
  ].map(toQuery);
}

/** Takes out entries that are older than so many days. */
export function deleteOldEntries(days: number): Query {
  return toQuery(sql`DELETE FROM azalai.watch_entry WHERE at < now() - make_interval(days => ${days}::integer)`);
}

/** What opens the feed: a row `{ secret, renewedAt }`. The first time it is `secret`; with `isNew` from now on. */
export function feedSecret(secret: string, isNew: boolean): Query {
  const change = isNew
    ? sql`secret = excluded.secret, renewed_at = now()`
    : // Nothing, but the row comes back.
      sql`is_only = true`;
  return toQuery(sql`INSERT INTO azalai.watch_feed (secret) VALUES (${secret}::text)
    ON CONFLICT (is_only) DO UPDATE SET ${change} RETURNING secret, ${iso(sql`renewed_at`)} AS "renewedAt"`);
}

/** A row `{ secret }`, none before the feed was asked for. */
export function knownSecret(): Query {
  return toQuery(sql`SELECT secret FROM azalai.watch_feed`);
}

/** A brief that is made of the digest. */
export interface DigestBrief {
  readonly rhythm: Exclude<Rhythm, 'none'>;
  readonly language: NewWatch['language'];
  readonly handling: NewWatch['handling'];
  readonly brief: string | null;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
}

/** Sees to a row for each kind of brief that is wanted, from an instant on (ISO 8601). */
export function beginBriefs(at: string): Query {
  return toQuery(sql`INSERT INTO azalai.watch_brief (rhythm, language, handling, made_at)
    SELECT DISTINCT brief, language, handling, ${at}::timestamptz FROM azalai.watch WHERE brief <> 'none' ON CONFLICT DO NOTHING`);
}

/** Briefs of a rhythm that were last made before an instant: rows as DigestBrief. */
export function briefsDue(rhythm: DigestBrief['rhythm'], before: string): Query {
  return toQuery(sql`SELECT rhythm, language, handling, brief, ${iso(sql`made_at`)} AS "madeAt" FROM azalai.watch_brief
    WHERE rhythm = ${rhythm}::text AND made_at < ${before}::timestamptz ORDER BY language, handling`);
}

/** The questions of such a brief, in the order in which they came: rows as Watch. */
export function watchesOfBrief({ rhythm, language, handling }: Omit<DigestBrief, 'brief' | 'madeAt'>): Query {
  return toQuery(sql`SELECT ${COLUMNS} FROM azalai.watch WHERE brief = ${rhythm}::text AND language = ${language}::text
    AND handling = ${handling}::text ORDER BY created_at, id`);
}

/** Keeps that it was made. */
export function briefMade({ rhythm, language, handling }: DigestBrief, brief: string | null, at: string): Query {
  return toQuery(sql`UPDATE azalai.watch_brief SET brief = ${brief}::text, made_at = ${at}::timestamptz
    WHERE rhythm = ${rhythm}::text AND language = ${language}::text AND handling = ${handling}::text`);
}

/** Takes the row of a job out, with its result: what it found is in the digest. */
export function forgetJob(id: string): Query {
  return toQuery(sql`DELETE FROM azalai.job WHERE id = ${id}::uuid`);
}
