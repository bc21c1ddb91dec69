import type { Run } from '../../query/sql.ts';
import { dropStray } from '../../query/staging/create.ts';
import { releaseUnpublished, strayStaging, unfinishedImports } from '../../query/uploads.ts';

const INTERRUPTED = {
  code: 'publish-interrupted',
  detail: 'The server ended while this was being published, and nothing of it was. Publish it again.',
};

export interface Resumed {
  /** Uploads that have to be read or checked still. */
  readonly unfinished: readonly string[];
  /** That can be published again. */
  readonly released: readonly string[];
  /** Tables of uploads that are gone. */
  readonly dropped: readonly string[];
}

/**
 * Looks after what a server that ended has left. The unfinished are for the caller to begin again: from the file, or from
 * the staged records once these are all there. What another server on the same database works on is left to it.
 */
export async function resumeUploads(run: Run): Promise<Resumed> {
  const released = await run<{ id: string }>(releaseUnpublished(INTERRUPTED));
  const dropped = await run<{ name: string }>(strayStaging());
  for (const { name } of dropped) await run(dropStray(name));
  const unfinished = await run<{ id: string }>(unfinishedImports(0));
  const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
  return { unfinished: ids(unfinished), released: ids(released), dropped: dropped.map(({ name }) => name) };
}
