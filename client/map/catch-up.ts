import { getCollections } from '../api.ts';
import { collections, failedSources } from '../state.ts';
import { renewMap, retryMap } from './start.ts';

const versions = (all: typeof collections.value) => all.map(({ id, azalai }) => `${id}@${azalai.generation}`).join();

/** After a time without a server: asks again for what failed, and draws anew only what has been published since. */
export async function catchUp(): Promise<void> {
  const now = await getCollections();
  if (versions(now) !== versions(collections.peek())) await renewMap();
  else if (failedSources.peek().size > 0) retryMap();
}
