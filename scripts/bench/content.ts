import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import type { TileCoord } from '../../server/core/tile.ts';
import type { Contender } from './contender.ts';
import { type TileList, ZOOM_CLASSES, type ZoomClass } from './tile-list.ts';

/** What a contender's tiles hold on average, so that leaving data out cannot pass for speed. */
export interface Content {
  readonly contender: string;
  readonly zooms: ZoomClass;
  readonly tiles: number;
  /** Over the wire, and decompressed. */
  readonly sentBytes: number;
  readonly bytes: number;
  /** By MVT layer. */
  readonly features: Readonly<Record<string, number>>;
  /** The records that the tile says it stands for, by layer; only ours says. */
  readonly matched: Readonly<Record<string, number>>;
}

const SAMPLE = 20;
const CONTENT_LAYER = /^(.*)_tile$/;

function add(sums: Record<string, number>, key: string, value: number): void {
  sums[key] = (sums[key] ?? 0) + value;
}

/** Adds what one tile holds to the sums. */
export function countFeatures(
  mvt: Uint8Array,
  features: Record<string, number>,
  matched: Record<string, number>,
): void {
  for (const [name, layer] of Object.entries(new VectorTile(new PbfReader(mvt)).layers)) {
    const id = CONTENT_LAYER.exec(name)?.[1];
    if (id === undefined) add(features, name, layer.length);
    else add(matched, id, Number(layer.feature(0).properties.matched));
  }
}

async function contentOf(contender: Contender, zooms: ZoomClass, tiles: readonly TileCoord[]): Promise<Content> {
  const sums = { sent: 0, bytes: 0, features: {} as Record<string, number>, matched: {} as Record<string, number> };
  for (const tile of tiles) {
    const { mvt, sent } = await contender.fetch(tile);
    sums.sent += sent;
    sums.bytes += mvt.length;
    countFeatures(mvt, sums.features, sums.matched);
  }
  const mean = (sum: number) => Math.round(sum / tiles.length);
  const means = (record: Record<string, number>) =>
    Object.fromEntries(Object.entries(record).map(([name, sum]) => [name, mean(sum)]));
  return {
    contender: contender.name,
    zooms,
    tiles: tiles.length,
    sentBytes: mean(sums.sent),
    bytes: mean(sums.bytes),
    features: means(sums.features),
    matched: means(sums.matched),
  };
}

/** Decodes the first tiles of each class. */
export async function readContents(contender: Contender, list: TileList): Promise<Content[]> {
  const contents: Content[] = [];
  for (const zooms of ZOOM_CLASSES) contents.push(await contentOf(contender, zooms, list[zooms].slice(0, SAMPLE)));
  return contents;
}
