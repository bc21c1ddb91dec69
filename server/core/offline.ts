import type { Language } from './layer.ts';
import type { Theme } from './theme.ts';

/**
 * Where things lie in a folder that is the map without its server (`npm run export -- pmtiles --with-client`): the export
 * writes them, the page reads them. Paths are relative to the page.
 */

/** Name of the `<meta>` by which the page knows; its content is the time of the export, ISO 8601. */
export const OFFLINE_MARK = 'azalai-offline';

/** Name of the `<meta>` that says what a copy opens with, as its address would: `#brief=…/1&present`. */
export const OPENS_MARK = 'azalai-opens';

/** Attribute of the elements of a copy in one file that hold what else lies in a folder: its content is the path. */
export const FILE_MARK = 'data-file';
/** Attribute of those of them that are gzipped; all are in Base64. */
export const PACKED_MARK = 'data-packed';
/** Id of the element with the script of the map's worker. */
export const WORKER_ID = 'map-worker';

/** How many numbers share a file: a page that shows one record reads few others with it. */
const RECORDS_PER_FILE = 1000;

/** Of the file with a record, so that it is found without an index. */
export const recordFileNumber = (id: number): number => Math.floor(id / RECORDS_PER_FILE);

export const COLLECTIONS_FILE = 'collections.json';
/** What the copy says of itself. */
export const COPY_FILE = 'copy.json';

/** What a copy was made of, and what it does not have. */
export interface CopyFacts {
  /** ISO 8601. */
  readonly exportedAt: string;
  /** West, south, east, north, degrees (EPSG:4326): nothing outside is in it, nor shown. Null: all there is. */
  readonly area: readonly [number, number, number, number] | null;
  /** Layers that were asked for and may not be passed on, by their titles. */
  readonly leftOut: readonly { readonly en: string; readonly fr: string }[];
  /** How many more are not public: not even their titles are. */
  readonly notPublic: number;
  /** By layer and CQL2 text, the archive of what a filter of its views leaves of a layer; empty where it leaves nothing. */
  readonly narrowed: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
export const styleFile = (language: Language, theme: Theme = 'light') =>
  theme === 'light' ? `style.${language}.json` : `style.${language}.${theme}.json`;
export const archiveFile = (source: string) => `tiles/${source}.pmtiles`;
/** What the nth filter of a copy leaves of a layer. */
export const narrowedFile = (collection: string, n: number) => `tiles/${collection}.filtered-${n}.pmtiles`;
export const isNarrowedFile = (address: string) => /\.filtered-\d+\.pmtiles$/.test(address);
export const recordsFolder = (collection: string) => `items/${collection}`;
export const seriesFolder = (collection: string) => `series/${collection}`;
export const recordsFile = (collection: string, number: number) => `${recordsFolder(collection)}/${number}.json`;
/** As `GET /hexes/{id}/series` has it: core/series.ts. */
export const seriesFile = (collection: string, resolution: number) => `${seriesFolder(collection)}/${resolution}.azs`;
/** A brief that the copy was made of, as `GET /briefs/{id}` answers it: the copy opens presenting it. */
export const briefFile = (id: string) => `briefs/${id}.json`;
