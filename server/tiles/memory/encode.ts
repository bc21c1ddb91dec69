import { type Feature, fromVectorTileJs, GeoJSONWrapper } from '@maplibre/vt-pbf';
import { TILE_EXTENT } from '../../core/tile.ts';
import type { Attributes } from './attributes.ts';
import type { GridPoint } from './ring.ts';

/** One feature of a vector layer; geometry in the tile's grid. */
export interface TileFeature {
  readonly id?: number;
  readonly attributes: Attributes;
  readonly type: 'point' | 'line' | 'polygon';
  /** The point alone in one list; lines; rings, each outer one followed by its holes. */
  readonly geometry: readonly (readonly GridPoint[])[];
}

export interface VectorLayer {
  readonly name: string;
  readonly features: readonly TileFeature[];
}

const TYPE = { line: 2, polygon: 3 } as const;

function toFeature({ id, attributes, type, geometry }: TileFeature): Feature {
  const common = { ...(id === undefined ? {} : { id }), tags: attributes };
  const lines = geometry as GridPoint[][];
  return type === 'point'
    ? { ...common, type: 1, geometry: lines.flat() }
    : { ...common, type: TYPE[type], geometry: lines };
}

/** A Mapbox Vector Tile (version 2) of the layers that have features; no bytes when none has. */
export function encodeTile(layers: readonly VectorLayer[]): Uint8Array {
  const wrapped = layers.map(({ name, features }) => {
    const layer = new GeoJSONWrapper(features.map(toFeature), { version: 2, extent: TILE_EXTENT });
    layer.name = name;
    return [name, layer] as const;
  });
  return fromVectorTileJs({ layers: Object.fromEntries(wrapped.filter(([, { length }]) => length > 0)) });
}
