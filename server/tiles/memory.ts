import type { PublishedLayer } from '../core/catalogue.ts';
import { LayerNotFound, RequestAborted } from '../core/errors.ts';
import { resolutionForZoom } from '../core/hex.ts';
import { contentLayerName, hasLabelPoints, hexLayerName, labelLayerName } from '../core/layer.ts';
import type { LayerRecord } from '../core/record.ts';
import { TILE_EXTENT, type TileCoord } from '../core/tile.ts';
import type { Filter } from '../query/filter.ts';
import { showsHexagons } from '../query/tile.ts';
import { type Attributes, tileAttributes } from './memory/attributes.ts';
import { encodeTile, type TileFeature, type VectorLayer } from './memory/encode.ts';
import { holdHexagons } from './memory/hexagons.ts';
import { matcher } from './memory/matches.ts';
import { pointFeatures, pointPlaces } from './memory/points.ts';
import { remember } from './memory/remember.ts';
import { holdShapes, labelPlaces } from './memory/shapes.ts';
import type { EncodedTile, TileSource } from './source.ts';

/** A layer that is not saved: its description, and its records as they would be published. */
export interface MemoryLayer {
  readonly layer: PublishedLayer;
  readonly records: readonly LayerRecord[];
}

/** The vector layers of one layer in a tile. */
type Draw = (coord: TileCoord, filter: Filter) => VectorLayer[];

/** The features, and the point that says what the tile holds; neither where there are none. */
function described(
  { id, generation }: PublishedLayer,
  name: string,
  features: readonly TileFeature[],
  content: Attributes,
): VectorLayer[] {
  if (features.length === 0) return [];
  const centre = TILE_EXTENT / 2;
  const attributes = { ...content, generation };
  const point: TileFeature = { attributes, type: 'point', geometry: [[[centre, centre]]] };
  return [
    { name, features },
    { name: contentLayerName(id), features: [point] },
  ];
}

function hold({ layer, records: given }: MemoryLayer): { items: Draw; hexagons: Draw } {
  const records = given.toSorted((a, b) => a.id - b.id);
  const isPoint = layer.geometry === 'point';
  const matching = matcher(layer, records);
  const attributesOf = tileAttributes(layer);
  const places = remember(() => (isPoint ? pointPlaces(records) : labelPlaces(records)));
  const cells = remember(() => holdHexagons(layer, records));
  const shapes = remember(() => holdShapes(layer, records, attributesOf));

  const hexagons: Draw = (coord, filter) => {
    const resolution = resolutionForZoom(coord.z);
    const { features, matched } = cells(null)(coord, resolution, matching(filter));
    return described(layer, hexLayerName(layer.id), features, { shown_as: 'hexagons', matched, resolution });
  };
  const items: Draw = (coord, filter) => {
    if (showsHexagons(layer, coord.z)) return hexagons(coord, filter);
    const matches = matching(filter);
    const pointsIn = () => pointFeatures(records, places(null), coord, matches, attributesOf);
    const features = isPoint ? pointsIn() : shapes(null)(coord, matches);
    const content = { shown_as: 'records', matched: features.length };
    const labels = hasLabelPoints(layer) ? [{ name: labelLayerName(layer.id), features: pointsIn() }] : [];
    return [...described(layer, layer.id, features, content), ...labels];
  };
  return { items, hexagons };
}

/**
 * Tiles of layers that are in memory only: an upload before it is saved, a result before it is kept. They are found by
 * their id, and their records stay as they were given.
 *
 * Decoded, a tile is the same as that of the layer when published (`postgisTiles`, on whichever way it makes the tile)
 * in: the vector layers, and where there are none; the features' ids, order, attributes and their types; the hexagons'
 * cells, ordinals, counts, sums of whole numbers and commonest kinds; what the content point says. Points lie within one
 * unit of the tile's grid, outlines of hexagons within two. Lines and polygons lie, inside the tile, within a pixel (8
 * units); a shape of a few pixels, or thinner than the grid, may be drawn on one path and be a point with `small` on the
 * other, and one that only touches the rim of the buffer may be missing, so `matched` may differ by those. A label's point
 * lies inside its polygon, but not at the same place, and so may be in another tile.
 *
 * What is needed is made when first asked for, and then kept; nothing waits for a disk or another process.
 * The tiles throw LayerNotFound, RequestAborted, and InvalidParameter for a filter with an expression.
 */
export function memoryTiles(layers: readonly MemoryLayer[]): TileSource {
  const held = new Map(layers.map((one) => [one.layer.id, hold(one)]));
  const find = (id: string) => {
    const layer = held.get(id);
    if (!layer) throw new LayerNotFound(id, [...held.keys()]);
    return layer;
  };
  const encode = (draw: () => VectorLayer[], signal: AbortSignal | undefined): EncodedTile => {
    if (signal?.aborted) throw new RequestAborted('The request was given up before its tile was made.');
    return { bytes: encodeTile(draw()), encoding: 'identity' };
  };
  return {
    tile: async (wanted, coord, filters, signal) =>
      encode(() => wanted.flatMap(({ id }, index) => find(id).items(coord, filters[index] as Filter)), signal),
    hexTile: async ({ id }, coord, filter, signal) => encode(() => find(id).hexagons(coord, filter), signal),
  };
}
