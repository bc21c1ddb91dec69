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
  /** Tables of uploads that are gone, and of publications that ended. */
  readonly dropped: readonly string[];
}

/**
 * Looks after what a server that ended has left. The unfinished are for the caller to begin again: from the file, or from
 * the staged records once these are all there. What another server on the same database works on is left to it.
 */
export async function resumeUploads(run: Run): Promise<Resumed> {
  const released = await releasePublishing(run, 0);
  const dropped = await run<{ name: string }>(strayStaging());
  for (const { name } of dropped) await run(dropStray(name));
  const unfinished = await run<{ id: string }>(unfinishedImports(0));
  return { unfinished: unfinished.map(({ id }) => id), released, dropped: dropped.map(({ name }) => name) };
}

/** Lets go what nobody publishes any more, and of which nothing was heard for so long: their ids. */
export async function releasePublishing(run: Run, idleSeconds: number): Promise<readonly string[]> {
  const released = await run<{ id: string }>(releaseUnpublished(INTERRUPTED, idleSeconds));
  return released.map(({ id }) => id);
}
