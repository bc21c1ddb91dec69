import { OFFLINE_MARK, OPENS_MARK } from '../server/core/offline.ts';
import { hasFiles, IN_PAGE } from './offline/in-page.ts';

/** The page without its server: a copy of it in a folder of files or in a single file, which `npm run export` has written. */

const markOf = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? null;

/** When the copy was made, ISO 8601; null: a server stands behind the page. */
export function offlineSince(): string | null {
  return markOf(OFFLINE_MARK);
}

/** What a copy opens with, as its address would be: `#brief=…`; null: as the map opens. */
export function opensWith(): string | null {
  return markOf(OPENS_MARK);
}

/** What the addresses of a copy's files go from. */
export const filesBase = (): string => (hasFiles() ? IN_PAGE : document.baseURI);
