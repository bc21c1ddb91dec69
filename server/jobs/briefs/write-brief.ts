import { randomUUID } from 'node:crypto';
import { BRIEF_ID, type Brief, type BriefDraft, BriefDraftSchema } from '../../core/brief.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import {
  appendVersion,
  type BriefContent,
  countBriefs,
  deleteBrief,
  insertBrief,
  lockBrief,
  lockBriefs,
} from '../../query/briefs.ts';
import { FULL_ACCESS } from '../../query/filter.ts';
import type { Run, Transaction } from '../../query/sql.ts';
import { datedViews } from './date-views.ts';
import { BriefChanged, BriefNotFound, BriefsFull } from './errors.ts';
import { readBrief } from './read-brief.ts';

export interface BriefLimits {
  /** How many briefs there may be. */
  readonly max: number;
  /** How many versions of each are kept. */
  readonly versionsKept: number;
}

export const BRIEF_LIMITS: BriefLimits = { max: 1000, versionsKept: 50 };

/** What is kept of a draft. */
async function toContent(run: Run, id: string, version: number, draft: BriefDraft): Promise<BriefContent> {
  const { title, language, handling } = BriefDraftSchema.parse(draft);
  return { id, version, title, language, handling, views: await datedViews(run, draft) };
}

/** Makes a brief: its first version. @throws BriefsFull; what `datedViews` throws */
export function createBrief(
  transaction: Transaction,
  draft: BriefDraft,
  { max }: Pick<BriefLimits, 'max'> = BRIEF_LIMITS,
): Promise<Brief> {
  return transaction(async (run) => {
    await run(lockBriefs());
    const [there] = await run<{ count: number }>(countBriefs());
    if ((there?.count ?? 0) >= max) {
      throw new BriefsFull(`There are ${max} briefs, as many as may be: delete one that is no longer needed.`);
    }
    const id = randomUUID();
    for (const statement of insertBrief(await toContent(run, id, 1, draft))) await run(statement);
    return readBrief(run, id, FULL_ACCESS);
  });
}

/** Whether a caller who has read these versions has read this one; undefined: whichever it is. */
export type Expected = readonly number[] | undefined;

/** The last version of a brief, which nobody else changes until the transaction is over. @throws BriefNotFound, BriefChanged */
async function lockVersion(run: Run, id: string, expected: Expected): Promise<number> {
  const [row] = BRIEF_ID.test(id) ? await run<{ version: number }>(lockBrief(id)) : [];
  if (!row) throw new BriefNotFound(`There is no brief "${id.slice(0, 40)}".`);
  if (expected && !expected.includes(row.version)) {
    throw new BriefChanged(
      `The brief was changed since you read it: it is at version ${row.version}. Read it again, and change that.`,
    );
  }
  return row.version;
}

/**
 * Gives a brief its next version. A draft that says what the brief says already leaves it at its version.
 * @throws BriefNotFound; BriefChanged where `expected` does not name the version that is there; what `datedViews` throws
 */
export function replaceBrief(
  transaction: Transaction,
  id: string,
  draft: BriefDraft,
  { expected, versionsKept = BRIEF_LIMITS.versionsKept }: { expected?: Expected; versionsKept?: number } = {},
): Promise<Brief> {
  return transaction(async (run) => {
    const version = (await lockVersion(run, id, expected)) + 1;
    const content = await toContent(run, id, version, draft);
    const now = await readBrief(run, id, FULL_ACCESS);
    if (!isSame(now, content)) for (const statement of appendVersion(content, versionsKept)) await run(statement);
    return readBrief(run, id, FULL_ACCESS);
  });
}

/** Removes a brief with its versions. @throws BriefNotFound, BriefChanged */
export function removeBrief(transaction: Transaction, id: string, expected?: Expected): Promise<void> {
  return transaction(async (run) => {
    await lockVersion(run, id, expected);
    await run(deleteBrief(id));
  });
}

function isSame(brief: Brief, content: BriefContent): boolean {
  const said = ({ title, language, handling, views }: Brief | BriefContent) =>
    canonicalJson({ title, language, handling, views });
  return said(brief) === said(content);
}
