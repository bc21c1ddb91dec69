import { expect } from 'chai';
import type { Feature } from 'geojson';
import { json } from './json.ts';

export interface Link {
  readonly rel: string;
  readonly href: string;
  readonly type: string;
}

/** A page of items as it is sent. */
export interface FeaturePage {
  readonly type: string;
  readonly timeStamp: string;
  readonly numberMatched?: number;
  readonly numberReturned: number;
  readonly links: readonly Link[];
  readonly features: readonly (Feature & { readonly id: number; readonly properties: Record<string, unknown> })[];
}

export function linkOf({ links }: { readonly links: readonly Link[] }, rel: string): Link | undefined {
  return links.find((link) => link.rel === rel);
}

/** A page of items; the test ends when it is not one. */
export async function fetchPage(url: string, headers: Record<string, string> = {}): Promise<FeaturePage> {
  const response = await fetch(url, { headers });
  expect(response.status, `${url}: ${response.status === 200 ? '' : await response.clone().text()}`).to.equal(200);
  expect(response.headers.get('content-type')).to.match(/^application\/geo\+json/);
  return json<FeaturePage>(response);
}

/** Every page from this one on, by the links with this relation. `onPage` is done before the next is asked for. */
export async function followPages(
  url: string,
  rel: 'next' | 'prev' = 'next',
  onPage: (page: FeaturePage, index: number) => Promise<void> = async () => undefined,
): Promise<FeaturePage[]> {
  const pages: FeaturePage[] = [];
  for (let at: string | undefined = url; at !== undefined; ) {
    const page: FeaturePage = await fetchPage(at);
    await onPage(page, pages.length);
    pages.push(page);
    at = linkOf(page, rel)?.href;
  }
  return pages;
}

export const idsOf = (pages: readonly FeaturePage[]): number[] =>
  pages.flatMap(({ features }) => features.map(({ id }) => id));
