import { asOf } from '../api/known-at.ts';
import { ApiError, get } from '../api.ts';
import { instantText } from '../i18n/dates.ts';
import { local, t } from '../i18n/text.ts';
import { collectionById } from '../state.ts';
import type { PrintPage } from './pages.ts';

/** Not kept, or not there: for whoever asks. */
const GONE = [404, 410];

async function isKept(layer: string, storedAt: string): Promise<boolean> {
  try {
    await get(`collections/${layer}/items?limit=1&properties=&known_at=${encodeURIComponent(storedAt)}`);
    return true;
  } catch (cause) {
    if (cause instanceof ApiError && GONE.includes(cause.status)) return false;
    throw cause;
  }
}

/**
 * Turns the page to the time when a view was stored, if a layer of it has been published since and all of them are kept;
 * else to now. Gives what is to be said of it. @throws ApiError
 */
export async function showAsItWas({ stored }: PrintPage): Promise<string[]> {
  const past = asOf.peek();
  // A view that showed the past when it was stored goes on to show that.
  if (past !== null) return [t('sheet.asOf', { date: instantText(past) })];
  if (!stored) return [];
  const { layers, storedAt } = stored;
  const known = collectionById.peek();
  const titled = (ids: readonly string[]) =>
    ids.map((id) => local(known.get(id)?.azalai.title ?? { en: id, fr: id })).join(', ');
  const missing = Object.keys(layers).filter((id) => !known.has(id));
  const changed = Object.keys(layers).filter((id) => {
    const collection = known.get(id);
    return collection !== undefined && collection.azalai.generation !== layers[id];
  });
  const isThere = await Promise.all(changed.map((id) => isKept(id, storedAt)));
  const gone = changed.filter((_, at) => !isThere[at]);
  const isShownSo = changed.length > 0 && gone.length === 0;
  if (isShownSo) asOf.value = storedAt;
  return [
    ...(isShownSo ? [t('sheet.asOf', { date: instantText(storedAt) })] : []),
    ...(changed.length > 0 ? [t('sheet.changed', { layers: titled(changed) })] : []),
    ...(gone.length > 0 ? [t('sheet.gone', { layers: titled(gone) })] : []),
    ...(missing.length > 0 ? [t('sheet.missing', { layers: titled(missing) })] : []),
  ];
}
