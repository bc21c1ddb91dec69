import { getCopyFacts } from '../api/copy.ts';
import { offlineSince, opensWith } from '../offline.ts';
import { copyFacts, refuseUnknownFilters } from '../state/copy.ts';

/**
 * In a copy without a server: lets the map read its tiles, learns what it has, and opens what it was made of. What is
 * needed for that is fetched in a copy only.
 */
export async function openCopy(): Promise<void> {
  if (offlineSince() === null) return;
  const opens = opensWith();
  if (opens?.startsWith('#') && location.hash.length < 2) history.replaceState(history.state, '', opens);
  const [{ readArchives }, facts] = await Promise.all([import('./offline.ts'), getCopyFacts().catch(() => null)]);
  copyFacts.value = facts;
  refuseUnknownFilters();
  readArchives();
}
