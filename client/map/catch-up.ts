import { getCollections } from '../api.ts';
import { collections, failedSources } from '../state.ts';
import { versionsIn } from './refresh-catalogue.ts';
import { renewMap, retryMap } from './start.ts';

/** After a time without a server: asks again for what failed, and draws anew only what has been published since. */
export async function catchUp(): Promise<void> {
  const now = await getCollections();
  if (versionsIn(now) !== versionsIn(collections.peek())) await renewMap();
  else if (failedSources.peek().size > 0) retryMap();
}
