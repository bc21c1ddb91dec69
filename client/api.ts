import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Field, Language, Layer } from '../server/core/layer.ts';
import type { LegendEntry } from '../server/core/legend.ts';
import type { TimeWindow } from './url.ts';

/** The only place that asks the server. Every answer that is not a success is thrown as an `ApiError`. */

/** A layer as the catalogue describes it to clients. */
export interface Collection {
  readonly id: string;
  readonly azalai: Omit<Layer, 'id' | 'data' | 'fields'> & {
    readonly fields: readonly Field[];
    readonly legend: readonly LegendEntry[];
    readonly count: number;
    readonly generation: number;
    /** Points: records are drawn from this zoom on, hexagons below it. */
    readonly pointZoom: number;
  };
}

/** One record: its properties are the layer's fields and those that every record carries. */
export interface RecordFeature {
  readonly type: 'Feature';
  readonly id: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface RecordPage {
  readonly features: readonly RecordFeature[];
  readonly numberMatched?: number;
  readonly links?: readonly { readonly rel: string; readonly href: string }[];
}

export interface HexagonCell {
  readonly cell: string;
  readonly count: number;
  readonly kinds?: Readonly<Record<string, number>>;
  readonly [measure: string]: unknown;
}

export class ApiError extends Error {
  /** HTTP status; 0 when the server did not answer. */
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** Names the caller's request is under; relative, so that the page works below any path. */
async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      headers: { accept: 'application/json, application/geo+json' },
      signal: signal ?? null,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(String(cause), 0);
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) {
    // RFC 9457: `detail` says what is wrong and what to do.
    throw new ApiError(body?.detail ?? body?.title ?? response.statusText, response.status);
  }
  return body as T;
}

/** The window as the `datetime` parameter, closed at both ends as OGC API has it; nothing when it is open. */
export function datetimeOf(window: TimeWindow): string | null {
  return window.from === null && window.to === null ? null : `${window.from ?? '..'}/${window.to ?? '..'}`;
}

const withWindow = (window: TimeWindow, params: Record<string, string>) => {
  const datetime = datetimeOf(window);
  const entries = Object.entries({ ...params, ...(datetime && { datetime }) });
  return entries
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%2C', ',')}`)
    .join('&');
};

export const getStyle = (language: Language) => get<StyleSpecification>(`style.json?lang=${language}`);

export const getCollections = () =>
  get<{ collections: Collection[] }>('collections').then(({ collections }) => collections);

export const getRecord = (layer: string, id: number, signal?: AbortSignal) =>
  get<RecordFeature>(`collections/${layer}/items/${id}`, signal);

/** The records inside an H3 cell. */
export const getCellRecords = (layer: string, cell: string, window: TimeWindow, limit: number, signal?: AbortSignal) =>
  get<RecordPage>(`collections/${layer}/items?${withWindow(window, { cell, limit: String(limit) })}`, signal);

/** The next page, by the link that the server gave; null on the last one. */
export function getNextPage(page: RecordPage, signal?: AbortSignal): Promise<RecordPage> | null {
  const next = page.links?.find(({ rel }) => rel === 'next');
  if (!next) return null;
  const { pathname, search } = new URL(next.href, document.baseURI);
  return get<RecordPage>(`${pathname}${search}`, signal);
}

/** Counts and sums of the cells that meet a box (west, south, east, north). */
export const getCells = (
  layer: string,
  resolution: number,
  bbox: readonly number[],
  window: TimeWindow,
  signal?: AbortSignal,
) =>
  get<{ cells: HexagonCell[] }>(
    `hexes/${layer}?${withWindow(window, { res: String(resolution), bbox: bbox.map((degrees) => degrees.toFixed(5)).join(',') })}`,
    signal,
  ).then(({ cells }) => cells);
