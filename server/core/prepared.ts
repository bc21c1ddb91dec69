import { z } from 'zod';

const zoom = z.int().min(0).max(22);
const zooms = z.tuple([zoom, zoom]).nullable();

/** What was made of a published version beside its records, so that requests mostly read. */
export const PreparedSchema = z.strictObject({
  /** Names what was prepared, among all databases: files of its tiles are called by it. Null: it has none. */
  stamp: z.uuid().nullable().default(null),
  /** Points: the coarsest zoom at which records are shown one by one; hexagons below it. 0 for anything else. */
  pointZoom: zoom,
  /** Zooms, both included, whose tiles of records and of hexagons are stored; null: none. */
  storedItems: zooms,
  storedHexes: zooms,
  /** Points: the finest H3 resolution that has a roll-up by month and kind; null: none. */
  rollupResolution: z.int().min(0).max(15).nullable(),
  /** Whether the roll-up tells apart the records that are too imprecise for its hexagons; those made before do not. */
  rollupTellsPrecision: z.boolean().default(false),
  /** Points: the finest H3 resolution whose cells are few enough for one series file; null: none. */
  seriesResolution: z.int().min(0).max(15).nullable(),
});
export type Prepared = z.infer<typeof PreparedSchema>;

/** A version of which nothing has been made but its records. */
export const UNPREPARED: Prepared = {
  stamp: null,
  pointZoom: 0,
  storedItems: null,
  storedHexes: null,
  rollupResolution: null,
  rollupTellsPrecision: false,
  seriesResolution: null,
};

/** How much a tile may hold before its layer shows hexagons at that zoom instead. */
export interface TileBudget {
  readonly records: number;
  /** Before compression. */
  readonly bytes: number;
}

export const TILE_BUDGET: TileBudget = { records: 5000, bytes: 500_000 };

/** Of an encoded point: varints of geometry and tags, and its share of keys and values. */
const BYTES_PER_POINT = 40;
/** Points are shown one by one from here on, however many there are: nobody looks closer to see fewer. */
export const POINTS_ALWAYS_FROM = 12;

/** How many points a tile may hold. */
export function pointLimit({ records, bytes }: TileBudget): number {
  return Math.min(records, bytes / BYTES_PER_POINT);
}
