import type { DigestEntry } from '../../core/watch.ts';
import type { Run } from '../../query/sql.ts';
import { type EntriesWanted, entriesQuery, takeBackDigest } from '../../query/watches.ts';

/** What watched questions found, the newest first, without what is withheld by now. */
export async function readDigest(run: Run, wanted: EntriesWanted): Promise<DigestEntry[]> {
  for (const query of takeBackDigest()) await run(query);
  return run<DigestEntry>(entriesQuery(wanted));
}
