import { joinGzip, toGzip } from '../encode/gzip.ts';
import type { EncodedTile } from './source.ts';

/** A tile with nothing in it. */
export const NOTHING: EncodedTile = { bytes: Buffer.alloc(0), encoding: 'identity' };

/** A tile of several layers is their bytes one after the other. */
export async function joinTiles(parts: readonly EncodedTile[]): Promise<EncodedTile> {
  const filled = parts.filter(({ bytes }) => bytes.length > 0);
  const [only] = filled;
  if (!only) return NOTHING;
  if (filled.length === 1) return only;
  const members = filled.map(({ bytes, encoding }) => (encoding === 'gzip' ? (bytes as Buffer) : toGzip(bytes)));
  return { bytes: joinGzip(await Promise.all(members)), encoding: 'gzip' };
}
