import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Bbox } from '../core/bbox.ts';
import type { TileCoord } from '../core/tile.ts';
import { type Entry, ROOT_LIMIT, toDirectories } from './pmtiles/directory.ts';
import { toHeader } from './pmtiles/header.ts';
import { toTileId } from './pmtiles/tile-id.ts';

/**
 * A PMTiles archive, version 3, written from front to back: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
 *
 * Room for the header and the root directory is left at the start, tiles follow as they come, metadata and leaf
 * directories end the file. The specification asks for the first two in the first 16 KiB and lets the rest lie anywhere;
 * so the tiles are written once, and nothing has to be moved when they are all there.
 */
const HEAD_LENGTH = 16_384;

export interface ArchiveDescription {
  readonly minzoom: number;
  readonly maxzoom: number;
  readonly bounds: Bbox;
  readonly metadata: object;
}

export interface ArchiveCounts {
  /** Tiles that can be read. */
  readonly tiles: number;
  /** Different contents among them. */
  readonly contents: number;
  /** Of the file. */
  readonly bytes: number;
}

/** What is written when all tiles are in. */
export interface ArchiveEnd {
  /** To be written from byte 0: as long as the room left there. */
  readonly head: Uint8Array;
  /** To be written after the last tile. */
  readonly tail: Uint8Array;
  readonly counts: ArchiveCounts;
}

/** Keeps the directory of an archive, never its tiles: it says which bytes go next into the file. */
export class Archive {
  /** What the file begins with: to be written before the first tile. */
  readonly room: Uint8Array = new Uint8Array(HEAD_LENGTH);
  readonly #entries: Entry[] = [];
  readonly #offsets = new Map<string, number>();
  #dataLength = 0;
  #addressed = 0;

  /**
   * Adds a tile, gzipped; tiles come in the order of `toTileId`. Returns the bytes to append to the file, or none when
   * the same content is in it already.
   */
  add(coord: TileCoord, gzipped: Uint8Array): Uint8Array | null {
    const tileId = toTileId(coord);
    const last = this.#entries.at(-1);
    if (last && tileId < last.tileId + last.runLength) {
      throw new RangeError(`tile ${coord.z}/${coord.x}/${coord.y} comes out of order`);
    }
    // An entry without bytes is not allowed; such a tile is left out, and reads as empty.
    if (gzipped.length === 0) throw new RangeError('a tile without bytes has no place in an archive');
    const { length } = gzipped;
    const digest = createHash('sha256').update(gzipped).digest('base64');
    const known = this.#offsets.get(digest);
    const offset = known ?? this.#dataLength;
    this.#addressed += 1;
    if (last?.offset === offset && last.tileId + last.runLength === tileId) {
      this.#entries[this.#entries.length - 1] = { ...last, runLength: last.runLength + 1 };
    } else {
      this.#entries.push({ tileId, offset, length, runLength: 1 });
    }
    if (known !== undefined) return null;
    this.#offsets.set(digest, offset);
    this.#dataLength += length;
    return gzipped;
  }

  get tiles(): number {
    return this.#addressed;
  }

  /** Header, directories and metadata. An archive needs at least one tile: a directory without entries is not allowed. */
  end({ minzoom, maxzoom, bounds, metadata }: ArchiveDescription): ArchiveEnd {
    if (this.#entries.length === 0) throw new RangeError('an archive without tiles cannot be written');
    const { root, leaves } = toDirectories(this.#entries);
    const json = gzipSync(JSON.stringify(metadata));
    const tiles = { offset: HEAD_LENGTH, length: this.#dataLength };
    const metadataOffset = tiles.offset + tiles.length;
    const header = toHeader({
      root: { offset: HEAD_LENGTH - ROOT_LIMIT, length: root.length },
      metadata: { offset: metadataOffset, length: json.length },
      leaves: { offset: metadataOffset + json.length, length: leaves.length },
      tiles,
      addressed: this.#addressed,
      entries: this.#entries.length,
      contents: this.#offsets.size,
      ...{ minzoom, maxzoom, bounds },
    });
    const head = Buffer.alloc(HEAD_LENGTH);
    head.set(header, 0);
    head.set(root, header.length);
    const tail = Buffer.concat([json, leaves]);
    const bytes = HEAD_LENGTH + this.#dataLength + tail.length;
    return { head, tail, counts: { tiles: this.#addressed, contents: this.#offsets.size, bytes } };
  }
}
