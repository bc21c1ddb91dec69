import { BRIEF_ID, type Brief, type BriefEntry, type BriefVersion } from '../../core/brief.ts';
import {
  type BriefListRow,
  type BriefRow,
  type BriefVersionRow,
  briefQuery,
  briefsQuery,
  briefVersions,
} from '../../query/briefs.ts';
import type { Access } from '../../query/filter.ts';
import type { Run } from '../../query/sql.ts';
import { redateView } from '../views/date-view.ts';
import { readServiceTimes } from '../views/service-times.ts';
import { BriefNotFound } from './errors.ts';

const notFound = (id: string, version?: number) =>
  new BriefNotFound(
    version === undefined
      ? `There is no brief "${id.slice(0, 40)}" that you may read. One that is internal takes the token.`
      : `There is no version ${version} of the brief "${id.slice(0, 40)}" that you may read: /briefs/${id.slice(0, 40)}/versions has those that are kept.`,
  );

/** Of a brief without its views, or with them as they were stored. */
function toBrief<Row extends Omit<BriefListRow, 'views'>>({ created_at, updated_at, ...rest }: Row) {
  return { ...rest, createdAt: created_at, updatedAt: updated_at };
}

/** The briefs that the caller may read, what was changed last first. */
export async function listBriefs(run: Run, access: Access, signal?: AbortSignal): Promise<BriefEntry[]> {
  return (await run<BriefListRow>(briefsQuery(access), signal)).map(toBrief);
}

/** A brief as it is, or one of its earlier versions. @throws BriefNotFound */
export async function readBrief(
  run: Run,
  id: string,
  access: Access,
  { version, signal }: { readonly version?: number | undefined; readonly signal?: AbortSignal } = {},
): Promise<Brief> {
  const [row] = BRIEF_ID.test(id) ? await run<BriefRow>(briefQuery(id, version, access), signal) : [];
  if (!row) throw notFound(id, version);
  const brief = toBrief(row);
  const times = await readServiceTimes(
    run,
    brief.views.map(({ view }) => view),
  );
  return { ...brief, views: brief.views.map((each) => ({ ...each, view: redateView(each.view, times) })) };
}

/** The versions of a brief that the caller may read, the newest first. @throws BriefNotFound */
export async function listBriefVersions(
  run: Run,
  id: string,
  access: Access,
  signal?: AbortSignal,
): Promise<BriefVersion[]> {
  const rows = BRIEF_ID.test(id) ? await run<BriefVersionRow>(briefVersions(id, access), signal) : [];
  if (rows.length === 0) throw notFound(id);
  return rows.map(({ updated_at, ...rest }) => ({ ...rest, updatedAt: updated_at }));
}
