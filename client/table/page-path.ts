import { getItemPage, type ItemPage } from '../api/item-pages.ts';

/** Records that the server gives at once. */
const MOST = 10_000;

/** Path of a page beside this one; null where there is none. */
export function pageLink(page: ItemPage | undefined, rel: 'next' | 'prev'): string | null {
  const href = page?.links?.find((link) => link.rel === rel)?.href;
  if (href === undefined) return null;
  const { pathname, search } = new URL(href, document.baseURI);
  return `${pathname}${search}`;
}

/**
 * Path of the page behind the first `start` records of a question, whose first page is at `address`; null where there are
 * no more than those. The server names pages by their last record, not by their place: it is asked for what comes before.
 * @throws ApiError
 */
export async function pathToStart(address: string, start: number, signal: AbortSignal): Promise<string | null> {
  const [path = '', search = ''] = address.split('?');
  const limit = new URLSearchParams(search).get('limit') ?? '';
  const params = new URLSearchParams(search);
  params.set('limit', String(Math.min(start, MOST)));
  params.set('properties', '');
  const next = pageLink(await getItemPage(`${path}?${params}`, signal), 'next');
  return next === null ? null : asLong(next, limit);
}

/** The page of another length and of all fields: neither is part of the question that its cursor belongs to. */
function asLong(link: string, limit: string): string {
  const [path = '', search = ''] = link.split('?');
  const params = new URLSearchParams(search);
  params.set('limit', limit);
  params.delete('properties');
  return `${path}?${params}`;
}
