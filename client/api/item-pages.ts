import type { Geometry } from 'geojson';
import { datetimeOf, get, type RecordFeature } from '../api.ts';
import type { TimeWindow } from '../url.ts';
import { knownAt, withKnownAt } from './known-at.ts';

/** Pages of a layer's records, sorted and narrowed as a table asks for them. */

/** A record with its place. */
export interface Item extends RecordFeature {
  readonly geometry: Geometry | null;
}

export interface ItemPage {
  readonly features: readonly Item[];
  /** How many there are on all pages; absent where counting would take too long. */
  readonly numberMatched?: number;
  /** `next` and `prev` are the pages beside it. */
  readonly links?: readonly { readonly rel: string; readonly href: string }[];
}

export interface ItemsAsked {
  /** CQL2 text; null: all. */
  readonly filter: string | null;
  /** Null: of all dates. */
  readonly window: TimeWindow | null;
  /** West, south, east, north in degrees; null: everywhere. */
  readonly bbox?: readonly number[] | null;
  /** A field, "-" before one that falls; null: as they are numbered. */
  readonly sortby?: string | null;
  readonly limit: number;
}

/** What narrows records, and as of when they are known, as parameters of items and exports; empty where nothing does. */
export function narrowing({ filter, window, bbox }: Pick<ItemsAsked, 'filter' | 'window' | 'bbox'>): string[] {
  const datetime = window && datetimeOf(window);
  const { known_at } = knownAt();
  return [
    ...(datetime ? [`datetime=${datetime}`] : []),
    ...(bbox ? [`bbox=${bbox.map((degrees) => degrees.toFixed(4)).join(',')}`] : []),
    ...(filter === null ? [] : [`filter=${encodeURIComponent(filter)}`]),
    ...(known_at === undefined ? [] : [`known_at=${encodeURIComponent(known_at)}`]),
  ];
}

export function itemsAddress(layer: string, asked: ItemsAsked): string {
  const params = [
    `limit=${asked.limit}`,
    ...(asked.sortby ? [`sortby=${encodeURIComponent(asked.sortby)}`] : []),
    ...narrowing(asked),
  ];
  return `collections/${layer}/items?${params.join('&')}`;
}

/** @throws ApiError with the words of the server: what is wrong with the filter. */
export const getItemPage = (address: string, signal?: AbortSignal): Promise<ItemPage> => get(address, signal);

/** How many records there are; null where the server does not count so many. @throws ApiError */
export async function countItems(
  layer: string,
  filter: string | null,
  window: TimeWindow | null,
  signal?: AbortSignal,
): Promise<number | null> {
  const page = await getItemPage(`${itemsAddress(layer, { filter, window, limit: 1 })}&properties=`, signal);
  return page.numberMatched ?? null;
}

/** One record with its place. @throws ApiError */
export const getItem = (layer: string, id: number, signal?: AbortSignal): Promise<Item> =>
  get(withKnownAt(`collections/${layer}/items/${id}`), signal);
