import type { OpenedView, StoredView, ViewDraft } from '../../server/core/view.ts';
import { ApiError, get } from '../api.ts';
import { offlineSince } from '../offline.ts';
import { requestWithToken } from './with-token.ts';

/** What the page shows, stored by the server under a short name. Neither way takes a token: the name opens it. */

/** The same view twice is stored once. @throws ApiError; where there is no server, with status 0 */
export async function storeView(view: ViewDraft, signal?: AbortSignal): Promise<StoredView> {
  if (offlineSince() !== null) throw new ApiError('This copy of the map has no server to ask.', 0);
  return (await requestWithToken('', 'POST', 'views', view, signal)).json() as Promise<StoredView>;
}

/** With what has changed since, as the caller may see it. @throws ApiError: 404 when it is not, or no longer, stored */
export async function getView(id: string, signal?: AbortSignal): Promise<OpenedView> {
  if (offlineSince() !== null) throw new ApiError('This copy of the map has no server to ask.', 0);
  return get(`views/${encodeURIComponent(id)}`, signal);
}

/** Opens the view, below the address of the page. */
export const shortLink = (id: string): string => new URL(`#view=${id}`, location.href).href;

/** Whether what these layers held at a moment is kept, so that it can be shown. @throws ApiError where nobody can tell */
export async function isKeptAt(layers: readonly string[], moment: string, signal?: AbortSignal): Promise<boolean> {
  try {
    await get(`tiles/${layers.join(',')}.json?known_at=${encodeURIComponent(moment)}`, signal);
    return true;
  } catch (cause) {
    if (cause instanceof ApiError && (cause.status === 410 || cause.status === 404)) return false;
    throw cause;
  }
}
