import type { Bbox } from '../../core/bbox.ts';

/** What a client must know before it reads anything else. Offsets and lengths in bytes. */
export interface Header {
  readonly root: Section;
  readonly metadata: Section;
  readonly leaves: Section;
  readonly tiles: Section;
  /** Tiles that a client can ask for; entries in the directories; different contents. */
  readonly addressed: number;
  readonly entries: number;
  readonly contents: number;
  readonly minzoom: number;
  readonly maxzoom: number;
  readonly bounds: Bbox;
}

export interface Section {
  readonly offset: number;
  readonly length: number;
}

const HEADER_LENGTH = 127;

const GZIP = 2;
const MVT = 1;

const MERCATOR_LIMIT = 85.051129;

/** The closest zoom, of those in the archive, at which the whole width fits into one 512-pixel tile or two. */
function openingZoom({ west, east }: Bbox, minzoom: number, maxzoom: number): number {
  const fitting = Math.floor(Math.log2(360 / Math.max(east - west, 1e-6)));
  return Math.max(minzoom, Math.min(maxzoom, fitting));
}

/** The 127 bytes at the start of the archive, little-endian; the numbers on the left are their places. */
export function toHeader(header: Header): Uint8Array {
  const { root, metadata, leaves, tiles, addressed, entries, contents, minzoom, maxzoom } = header;
  const bytes = Buffer.alloc(HEADER_LENGTH);
  const clamp = (latitude: number) => Math.max(-MERCATOR_LIMIT, Math.min(MERCATOR_LIMIT, latitude));
  const bounds = { ...header.bounds, south: clamp(header.bounds.south), north: clamp(header.bounds.north) };
  const { west, south, east, north } = bounds;

  bytes.write('PMTiles', 0, 'latin1');
  bytes.writeUInt8(3, 7);
  [root, metadata, leaves, tiles].forEach(({ offset, length }, index) => {
    bytes.writeBigUInt64LE(BigInt(offset), 8 + 16 * index);
    bytes.writeBigUInt64LE(BigInt(length), 16 + 16 * index);
  });
  [addressed, entries, contents].forEach((count, index) => {
    bytes.writeBigUInt64LE(BigInt(count), 72 + 8 * index);
  });
  // Clustered; compression of the directories, of the tiles; type of the tiles; zooms.
  bytes.set([1, GZIP, GZIP, MVT, minzoom, maxzoom], 96);
  const degrees = (value: number, place: number) => bytes.writeInt32LE(Math.round(value * 1e7), place);
  [west, south, east, north].forEach((value, index) => {
    degrees(value, 102 + 4 * index);
  });
  bytes.writeUInt8(openingZoom(bounds, minzoom, maxzoom), 118);
  degrees((west + east) / 2, 119);
  degrees((south + north) / 2, 123);
  return bytes;
}
