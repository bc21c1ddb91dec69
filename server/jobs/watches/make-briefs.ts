import { BRIEF_VIEWS, type BriefDraft } from '../../core/brief.ts';
import type { Watch } from '../../core/watch.ts';
import type { Run } from '../../query/sql.ts';
import { beginBriefs, briefMade, briefsDue, type DigestBrief, watchesOfBrief } from '../../query/watches.ts';
import { BriefNotFound } from '../briefs/errors.ts';
import type { Briefs } from '../briefs/open-briefs.ts';
import { NeverTogether } from '../views/errors.ts';
import { toBriefDraft, type WatchedSince } from './brief-draft.ts';
import { readDigest } from './digest.ts';
import { lastDue } from './schedule.ts';

const ENTRIES = 20;
const RHYTHMS = ['weekly', 'monthly'] as const;

interface BriefMaking {
  readonly run: Run;
  readonly briefs: Pick<Briefs, 'create' | 'replace'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Makes the briefs that are due of the digest, or their next versions. Returns their ids. */
export async function makeBriefs({ run, briefs, now }: BriefMaking): Promise<string[]> {
  await run(beginBriefs(new Date(now()).toISOString()));
  const made: string[] = [];
  for (const rhythm of RHYTHMS) {
    const due = lastDue(rhythm, now()).toISOString();
    for (const row of await run<DigestBrief>(briefsDue(rhythm, due))) {
      const id = await makeBrief(run, briefs, row);
      await run(briefMade(row, id, new Date(now()).toISOString()));
      if (id !== null) made.push(id);
    }
  }
  return made;
}

/** Its id; null when nobody wants it any more, and none was made. */
async function makeBrief(run: Run, briefs: BriefMaking['briefs'], row: DigestBrief): Promise<string | null> {
  const watches = (await run<Watch>(watchesOfBrief(row))).slice(0, BRIEF_VIEWS);
  if (watches.length === 0) return row.brief;
  const watched: WatchedSince[] = [];
  for (const watch of watches) {
    watched.push({ watch, entries: await readDigest(run, { watch: watch.id, since: row.madeAt, limit: ENTRIES }) });
  }
  const { language, handling, madeAt: since } = row;
  const draft = toBriefDraft(row.rhythm, watched, { language, handling, since });
  const store = async (wanted: BriefDraft): Promise<string> => {
    if (row.brief === null) return (await briefs.create(wanted)).id;
    try {
      return (await briefs.replace(row.brief, wanted, undefined)).id;
    } catch (error) {
      // Somebody deleted it: there is another one from now on.
      if (!(error instanceof BriefNotFound)) throw error;
      return (await briefs.create(wanted)).id;
    }
  };
  try {
    return await store(draft);
  } catch (error) {
    if (!(error instanceof NeverTogether)) throw error;
    // A publication came between two questions of the catalogue: then the views are shown as they are now.
    return store({
      ...draft,
      views: draft.views.map(({ view, ...rest }) => ({ ...rest, view: { ...view, layers: {} } })),
    });
  }
}
