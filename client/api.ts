import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Geometry } from 'geojson';
import type { Language } from '../server/core/layer.ts';
import { COLLECTIONS_FILE, recordFileNumber, recordsFile, seriesFile, styleFile } from '../server/core/offline.ts';
import type { Theme } from '../server/core/theme.ts';
import type { Collection } from './api/collection.ts';
import { keptToken, readerHeaders } from './api/kept-token.ts';
import { knownAt, withKnownAt } from './api/known-at.ts';
import { toAbsolute } from './offline/absolute-style.ts';
import { answerFromPage, hasFiles } from './offline/in-page.ts';
import { remembering } from './offline/remembering.ts';
import { filesBase, offlineSince } from './offline.ts';
import type { TimeWindow } from './url.ts';

/**
 * The only place that asks the server, with api/ for what needs a token, or in a copy without a server the files that the
 * export wrote. Every answer that is not a success is thrown as an `ApiError`.
 */

export type { Collection } from './api/collection.ts';

/** One record: its properties are the layer's fields and those that every record carries. */
export interface RecordFeature {
  readonly type: 'Feature';
  readonly id: number;
  readonly geometry?: Geometry | null;
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
async function ask(path: string, accept: string, signal?: AbortSignal): Promise<Response> {
  if (hasFiles()) return answerFromPage(path);
  const headers = { accept, ...readerHeaders() };
  try {
    const response = await fetch(path, { headers, signal: signal ?? null });
    if (response.status !== 401 || keptToken.get() === '') return response;
    // The server has another token by now: what all may see is still there.
    keptToken.set('');
    return await fetch(path, { headers: { accept }, signal: signal ?? null });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(String(cause), 0);
  }
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await ask(path, 'application/json, application/geo+json', signal);
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
  const entries = Object.entries({ ...params, ...(datetime && { datetime }), ...knownAt() });
  return entries
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%2C', ',')}`)
    .join('&');
};

const isOffline = () => offlineSince() !== null;

/** What only a server can answer, where there is none. */
const nobodyToAsk = () => new ApiError('This copy of the map has no server to ask.', 0);

export async function getStyle(language: Language, theme: Theme): Promise<StyleSpecification> {
  if (!isOffline()) return get(withKnownAt(`style.json?lang=${language}${theme === 'dark' ? '&theme=dark' : ''}`));
  return toAbsolute(await get(styleFile(language, theme)), filesBase());
}

export const getCollections = () =>
  get<{ collections: Collection[] }>(isOffline() ? COLLECTIONS_FILE : 'collections').then(
    ({ collections }) => collections,
  );

/** Files of a copy with the records of a layer. */
const getRecords = remembering(8, (path) => get<RecordPage>(path));

export async function getRecord(layer: string, id: number, signal?: AbortSignal): Promise<RecordFeature> {
  if (!isOffline()) return get(withKnownAt(`collections/${layer}/items/${id}`), signal);
  const { features } = await getRecords(recordsFile(layer, recordFileNumber(id)));
  const record = features.find((candidate) => candidate.id === id);
  if (!record) throw new ApiError(`The copy has no record ${id} of ${layer}.`, 404);
  return record;
}

/** The first records of a layer. */
export const getItems = (layer: string, limit: number, signal?: AbortSignal) =>
  get<RecordPage>(withKnownAt(`collections/${layer}/items?limit=${limit}`), signal);

/** The records inside an H3 cell; `filter`: CQL2 text that narrows them. */
export async function getCellRecords(
  layer: string,
  cell: string,
  window: TimeWindow,
  limit: number,
  signal?: AbortSignal,
  filter: string | null = null,
): Promise<RecordPage> {
  if (isOffline()) throw nobodyToAsk();
  const asked = { cell, limit: String(limit), ...(filter !== null && { filter }) };
  return get(`collections/${layer}/items?${withWindow(window, asked)}`, signal);
}

/** The next page, by the link that the server gave; null on the last one. */
export function getNextPage(page: RecordPage, signal?: AbortSignal): Promise<RecordPage> | null {
  const next = page.links?.find(({ rel }) => rel === 'next');
  if (!next) return null;
  const { pathname, search } = new URL(next.href, document.baseURI);
  return get<RecordPage>(`${pathname}${search}`, signal);
}

/** Counts and sums of the cells that meet a box (west, south, east, north); `filter`: CQL2 text that narrows what they count. */
export async function getCells(
  layer: string,
  resolution: number,
  bbox: readonly number[],
  window: TimeWindow,
  signal?: AbortSignal,
  filter: string | null = null,
): Promise<HexagonCell[]> {
  if (isOffline()) throw nobodyToAsk();
  const box = bbox.map((degrees) => degrees.toFixed(5)).join(',');
  const asked = { res: String(resolution), bbox: box, ...(filter !== null && { filter }) };
  const path = `hexes/${layer}?${withWindow(window, asked)}`;
  const { cells } = await get<{ cells: HexagonCell[] }>(path, signal);
  return cells;
}

/** The file of `core/series.ts`: a layer's hexagons of one resolution over time. The generation makes it one to keep. */
export async function getSeries(
  layer: string,
  resolution: number,
  generation: number,
  signal?: AbortSignal,
): Promise<ArrayBuffer> {
  const path = isOffline()
    ? seriesFile(layer, resolution)
    : `hexes/${layer}/series?res=${resolution}&kinds=total&generation=${generation}`;
  const response = await ask(path, 'application/octet-stream', signal);
  if (!response.ok) throw new ApiError(response.statusText, response.status);
  return response.arrayBuffer();
}
