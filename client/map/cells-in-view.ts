import type { LngLatBounds, Map as MapLibre } from 'maplibre-gl';
import { type Box, boxOf, joined, meets } from './feature-box.ts';
import { hexLayer } from './hex-layer.ts';

/** Hexagons of a version and a resolution, by their numbers, and for which part of the map they are all that there are. */
interface Cells {
  readonly bounds: LngLatBounds;
  readonly boxes: ReadonlyMap<number, Box>;
}

interface Hexagons {
  readonly layer: string;
  readonly source: string;
  readonly resolution: number;
  readonly generation: number;
  /** Tiles of a window hold only the hexagons that count something in it. */
  readonly isWindowed: boolean;
}

/** The last look at each layer that saw all. */
const complete = new Map<string, Cells & { readonly key: string }>();

/** The numbers of all hexagons in view, in whatever window; null where the tiles of a window are all that was ever seen here. */
export function cellsInView(map: MapLibre, hexagons: Hexagons): ReadonlySet<number> | null {
  const { layer, resolution, generation, isWindowed } = hexagons;
  const key = `${resolution}/${generation}`;
  const bounds = map.getBounds();
  if (!isWindowed) complete.set(layer, { key, bounds, boxes: boxesOf(map, hexagons) });
  const cells = complete.get(layer);
  const isKnown =
    cells?.key === key && cells.bounds.contains(bounds.getSouthWest()) && cells.bounds.contains(bounds.getNorthEast());
  if (!cells || !isKnown) return null;
  return new Set([...cells.boxes].flatMap(([number, box]) => (meets(box, bounds) ? [number] : [])));
}

function boxesOf(map: MapLibre, { layer, source, resolution }: Hexagons): Map<number, Box> {
  const boxes = new Map<number, Box>();
  for (const feature of map.querySourceFeatures(source, { sourceLayer: hexLayer(layer) })) {
    const number = Number(feature.id);
    if (feature.properties.resolution !== resolution) continue;
    // One that a tile's edge cuts comes in parts.
    const [box, before] = [boxOf(feature.geometry), boxes.get(number)];
    boxes.set(number, before ? joined(box, before) : box);
  }
  return boxes;
}
