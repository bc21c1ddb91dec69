import type { TileCoord } from '../../server/core/tile.ts';
import type { Load } from './figures.ts';

/** One tile as a contender delivers it. */
export interface Delivered {
  /** Not compressed. */
  readonly mvt: Uint8Array;
  /** Bytes that went over the wire for it, without headers. */
  readonly sent: number;
}

/** Something that delivers tiles. */
export interface Contender {
  readonly name: string;
  /** Processes that are its own, beside PostgreSQL. */
  readonly pids: readonly number[];
  fetch(tile: TileCoord): Promise<Delivered>;
  /** Runs through the tiles with eight requests at a time, for at least `seconds`. */
  load(tiles: readonly TileCoord[], seconds: number): Promise<Load>;
}

export const CONCURRENCY = 8;
