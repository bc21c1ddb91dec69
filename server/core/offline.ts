import type { Language } from './layer.ts';
import type { Theme } from './theme.ts';

/**
 * Where things lie in a folder that is the map without its server (`npm run export -- pmtiles --with-client`): the export
 * writes them, the page reads them. Paths are relative to the page.
 */

/** Name of the `<meta>` by which the page knows; its content is the time of the export, ISO 8601. */
export const OFFLINE_MARK = 'azalai-offline';

/** How many numbers share a file: a page that shows one record reads few others with it. */
const RECORDS_PER_FILE = 1000;

/** Of the file with a record, so that it is found without an index. */
export const recordFileNumber = (id: number): number => Math.floor(id / RECORDS_PER_FILE);

export const COLLECTIONS_FILE = 'collections.json';
export const styleFile = (language: Language, theme: Theme = 'light') =>
  theme === 'light' ? `style.${language}.json` : `style.${language}.${theme}.json`;
export const archiveFile = (source: string) => `tiles/${source}.pmtiles`;
export const recordsFolder = (collection: string) => `items/${collection}`;
export const seriesFolder = (collection: string) => `series/${collection}`;
export const recordsFile = (collection: string, number: number) => `${recordsFolder(collection)}/${number}.json`;
/** As `GET /hexes/{id}/series` has it: core/series.ts. */
export const seriesFile = (collection: string, resolution: number) => `${seriesFolder(collection)}/${resolution}.azs`;
