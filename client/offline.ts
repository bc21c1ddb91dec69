import { OFFLINE_MARK } from '../server/core/offline.ts';

/** The page without its server: a copy of it in a folder of files, which `npm run export` has written. */

/** When the copy was made, ISO 8601; null: a server stands behind the page. */
export function offlineSince(): string | null {
  return document.querySelector<HTMLMetaElement>(`meta[name=${OFFLINE_MARK}]`)?.content ?? null;
}

/** Lets the map read a copy's tiles; what is needed for that is fetched in a copy only. */
export async function openArchives(): Promise<void> {
  if (offlineSince() === null) return;
  const { readArchives } = await import('./map/offline.ts');
  readArchives();
}
