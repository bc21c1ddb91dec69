import { randomUUID } from 'node:crypto';
import { MOST_WATCHES, type NewWatch, type Watch, type WatchChanges } from '../../core/watch.ts';
import type { Run } from '../../query/sql.ts';
import {
  deleteWatch,
  insertWatch,
  takeBackDigest,
  updateWatch,
  watchesQuery,
  watchQuery,
} from '../../query/watches.ts';
import { WatchesFull, WatchNotFound } from './errors.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Watches a question from now on. @throws WatchesFull */
export async function createWatch(run: Run, watch: NewWatch): Promise<Watch> {
  const [made] = await run<Watch>(insertWatch(randomUUID(), watch, MOST_WATCHES));
  if (made) return made;
  throw new WatchesFull(`${MOST_WATCHES} questions are watched already: delete one that is no longer needed.`);
}

/** The newest first. */
export async function listWatches(run: Run): Promise<Watch[]> {
  for (const query of takeBackDigest()) await run(query);
  return run<Watch>(watchesQuery());
}

/** @throws WatchNotFound */
export async function findWatch(run: Run, id: string): Promise<Watch> {
  if (!UUID.test(id)) throw new WatchNotFound(id);
  for (const query of takeBackDigest()) await run(query);
  return one(await run<Watch>(watchQuery(id)), id);
}

/** @throws WatchNotFound */
export async function changeWatch(run: Run, id: string, changes: WatchChanges): Promise<Watch> {
  if (!UUID.test(id)) throw new WatchNotFound(id);
  return one(await run<Watch>(updateWatch(id, changes)), id);
}

/** What was told of it goes with it. @throws WatchNotFound */
export async function removeWatch(run: Run, id: string): Promise<void> {
  if (!UUID.test(id)) throw new WatchNotFound(id);
  one(await run<{ id: string }>(deleteWatch(id)), id);
}

function one<Row>([row]: readonly Row[], id: string): Row {
  if (row === undefined) throw new WatchNotFound(id);
  return row;
}
