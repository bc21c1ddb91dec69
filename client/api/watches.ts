import type { DigestEntry, NewWatch, Watch, WatchChanges } from '../../server/core/watch.ts';
import { requestWithToken } from './with-token.ts';

/** Questions that the server asks again when their layers change. All take the token, and throw ApiError. */

const read = async <T>(token: string, path: string, signal?: AbortSignal, method = 'GET', body?: unknown): Promise<T> =>
  (await requestWithToken(token, method, path, body, signal)).json() as Promise<T>;

const pathOf = (id: string) => `watches/${encodeURIComponent(id)}`;

/** The newest first. */
export const getWatches = (token: string, signal?: AbortSignal): Promise<readonly Watch[]> =>
  read<{ watches: readonly Watch[] }>(token, 'watches', signal).then(({ watches }) => watches);

/** What changed in their answers, the newest first. */
export const getDigest = (token: string, limit: number, signal?: AbortSignal): Promise<readonly DigestEntry[]> =>
  read<{ entries: readonly DigestEntry[] }>(token, `watches/digest?limit=${limit}`, signal).then(
    ({ entries }) => entries,
  );

export const watchQuestion = (token: string, watch: NewWatch): Promise<Watch> =>
  read(token, 'watches', undefined, 'POST', watch);

export const changeWatch = (token: string, id: string, changes: WatchChanges): Promise<Watch> =>
  read(token, pathOf(id), undefined, 'PATCH', changes);

export async function deleteWatch(token: string, id: string): Promise<void> {
  await requestWithToken(token, 'DELETE', pathOf(id));
}

/** Where the feed is; with `isNew` at another address from now on. */
export const feedAddress = (token: string, isNew: boolean, signal?: AbortSignal): Promise<string> =>
  read<{ href: string }>(token, 'watches/feed', signal, isNew ? 'POST' : 'GET').then(({ href }) => href);
