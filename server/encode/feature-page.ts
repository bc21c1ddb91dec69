import type { Link } from '../core/collection.ts';

/** A record as `itemTextsPageQuery` selects it: number, GeoJSON feature as text, keys of the order. */
export type ItemText = readonly [fid: number, feature: string, ...keys: (string | null)[]];

export interface FeaturePage {
  readonly links: readonly Link[];
  /** How many records there are on all pages; undefined: not counted. */
  readonly numberMatched: number | undefined;
  readonly timeStamp: string;
}

/** Characters that are made bytes at once: of a text of megabytes, the copies would cost more than the query. */
const PIECE = 65_536;

/**
 * A page of records as a FeatureCollection of OGC API Features, a feature (RFC 7946) on each line: what the database wrote
 * is put together as it came, and nothing of it is read. In pieces, UTF-8.
 */
export function toFeaturePage(
  records: readonly ItemText[],
  { links, numberMatched, timeStamp }: FeaturePage,
): Buffer[] {
  const head = {
    type: 'FeatureCollection',
    timeStamp,
    ...(numberMatched === undefined ? {} : { numberMatched }),
    numberReturned: records.length,
    links,
  };
  const pieces: Buffer[] = [];
  let text = `${JSON.stringify(head).slice(0, -1)},"features":[`;
  let separator = '\n';
  for (const [, feature] of records) {
    text += separator + feature;
    separator = ',\n';
    if (text.length < PIECE) continue;
    pieces.push(Buffer.from(text));
    text = '';
  }
  pieces.push(Buffer.from(`${text}\n]}\n`));
  return pieces;
}
