import type { Brief, BriefView } from '../core/brief.ts';
import { type Query, sql, toQuery } from './sql.ts';
import { isoOf } from './views.ts';
import type { Access } from './withheld.ts';

/** A row of `briefQuery`. */
export interface BriefRow extends Omit<BriefListRow, 'views'> {
  readonly views: readonly BriefView[];
}

/** A row of `briefsQuery`. Times are ISO 8601 UTC, milliseconds. */
export interface BriefListRow {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly language: Brief['language'];
  readonly handling: Brief['handling'];
  readonly views: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A row of `briefVersions`. */
export interface BriefVersionRow {
  readonly version: number;
  readonly title: string;
  readonly views: number;
  readonly updated_at: string;
}

/**
 * What may be read of briefs: the version in service, and where another is asked for that one too. A brief that was made
 * internal takes its earlier versions with it, and one that was made public leaves them where they were.
 */
const mayRead = ({ handling }: Access) =>
  sql`now.handling = ANY(${handling}::text[]) AND asked.handling = ANY(${handling}::text[])`;

const VERSIONS = sql`azalai.brief JOIN azalai.brief_version AS now ON now.brief = brief.id AND now.version = brief.version`;

const HEAD = sql`brief.id, asked.version, asked.title, asked.language, asked.handling,
  ${isoOf(sql`brief.created_at`)} AS created_at, ${isoOf(sql`asked.updated_at`)} AS updated_at`;

/** What the caller may read, each as BriefListRow: what was changed last comes first. */
export function briefsQuery(access: Access): Query {
  return toQuery(sql`SELECT ${HEAD}, jsonb_array_length(asked.views) AS views
    FROM ${VERSIONS} JOIN azalai.brief_version AS asked ON asked.brief = brief.id AND asked.version = brief.version
    WHERE ${mayRead(access)} ORDER BY asked.updated_at DESC, brief.id`);
}

/** One version of a brief, or the last, as BriefRow; none where the caller may not read it. */
export function briefQuery(id: string, version: number | undefined, access: Access): Query {
  return toQuery(sql`SELECT ${HEAD}, asked.views
    FROM ${VERSIONS} JOIN azalai.brief_version AS asked ON asked.brief = brief.id
      AND asked.version = coalesce(${version ?? null}::integer, brief.version)
    WHERE brief.id = ${id}::uuid AND ${mayRead(access)}`);
}

/** The versions of a brief that the caller may read, the newest first: rows as BriefVersionRow. */
export function briefVersions(id: string, access: Access): Query {
  return toQuery(sql`SELECT asked.version, asked.title, jsonb_array_length(asked.views) AS views,
      ${isoOf(sql`asked.updated_at`)} AS updated_at
    FROM ${VERSIONS} JOIN azalai.brief_version AS asked ON asked.brief = brief.id
    WHERE brief.id = ${id}::uuid AND ${mayRead(access)} ORDER BY asked.version DESC`);
}

/** Lets one transaction at a time change a brief: a row `{ version }` of the last one, or none. */
export function lockBrief(id: string): Query {
  return toQuery(sql`SELECT version FROM azalai.brief WHERE id = ${id}::uuid FOR UPDATE`);
}

/** Lets one transaction at a time make briefs, which are counted first. */
export function lockBriefs(): Query {
  return toQuery(sql`SELECT pg_advisory_xact_lock(7305807)`);
}

/** A row `{ count }`: how many there are. */
export function countBriefs(): Query {
  return toQuery(sql`SELECT count(*)::integer AS count FROM azalai.brief`);
}

/** What is written of a version of a brief. */
export type BriefContent = Pick<Brief, 'id' | 'version' | 'title' | 'language' | 'handling' | 'views'>;

/** A brief, and its first version. */
export function insertBrief(brief: BriefContent): readonly Query[] {
  const { id, version } = brief;
  return [
    toQuery(sql`INSERT INTO azalai.brief (id, version) VALUES (${id}::uuid, ${version}::integer)`),
    insertVersion(brief),
  ];
}

function insertVersion({ id, version, title, language, handling, views }: BriefContent): Query {
  return toQuery(sql`INSERT INTO azalai.brief_version (brief, version, title, language, handling, views)
    VALUES (${id}::uuid, ${version}::integer, ${title}::text, ${language}::text, ${handling}::text, ${JSON.stringify(views)}::jsonb)`);
}

/** Its next version, of which the newest `keep` stay. */
export function appendVersion(brief: BriefContent, keep: number): readonly Query[] {
  const { id, version } = brief;
  return [
    toQuery(sql`UPDATE azalai.brief SET version = ${version}::integer WHERE id = ${id}::uuid`),
    insertVersion(brief),
    toQuery(
      sql`DELETE FROM azalai.brief_version WHERE brief = ${id}::uuid AND version <= ${version}::integer - ${keep}::integer`,
    ),
  ];
}

/** Removes a brief with all its versions. */
export function deleteBrief(id: string): Query {
  return toQuery(sql`DELETE FROM azalai.brief WHERE id = ${id}::uuid`);
}
