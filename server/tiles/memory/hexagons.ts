import type { Layer } from '../../core/layer.ts';
import type { LayerRecord } from '../../core/record.ts';
import { TILE_BUFFER, TILE_EXTENT, type TileCoord } from '../../core/tile.ts';
import { reachOf } from '../../query/occupied.ts';
import { indexCells } from './cells.ts';
import { counter } from './count-cell.ts';
import type { TileFeature } from './encode.ts';
import { toPosition } from './geometry.ts';
import type { Condition } from './matches.ts';
import { HALF_WORLD, type Position, RADIUS, squareOf, toUnits } from './mercator.ts';
import { pointPlaces } from './points.ts';
import { clipConvex, type GridPoint } from './ring.ts';

/**
 * Whether the hexagon around a point may reach into the tile. Mercator draws it larger the farther it is from the
 * equator; `reachOf` is good up to 60 degrees, where that is twice. One across the antimeridian is drawn in the east.
 */
function isNear(coord: TileCoord): (x: number, y: number) => boolean {
  const { west, south, east, north } = squareOf(coord);
  const reach = (east - west) * reachOf(coord.z, true);
  return (x, y) => {
    const margin = reach * Math.max(1, Math.cosh(y / RADIUS) / 2);
    const isAcross = (metres: number) => metres > west - margin && metres < east + margin;
    return y > south - margin && y < north + margin && (isAcross(x) || isAcross(x + 2 * HALF_WORLD));
  };
}

/** A hexagon's outline in a tile, or null where the tile shows none of it. */
function drawIn(coord: TileCoord, outline: readonly Position[]): GridPoint[] | null {
  const square = squareOf(coord);
  const ring = outline.map((place) => toUnits(square, place));
  return clipConvex(ring, -TILE_BUFFER, TILE_EXTENT + TILE_BUFFER);
}

/**
 * Points in memory as hexagons. The function returned gives those that a tile shows, each with the count of all its
 * records that match, also those outside of the tile; `matched` is the sum of the counts.
 */
export function holdHexagons(
  layer: Layer,
  records: readonly LayerRecord[],
): (coord: TileCoord, resolution: number, matches: Condition) => { features: TileFeature[]; matched: number } {
  const index = indexCells(records.map(({ geometry }) => toPosition(geometry)));
  const { x, y } = pointPlaces(records);
  const count = counter(layer, records);

  return (coord, resolution, matches) => {
    const { starts, cell } = index.at(resolution);
    const near = isNear(coord);
    const features: TileFeature[] = [];
    let matched = 0;
    for (let ordinal = 0; ordinal < starts.length - 1; ordinal++) {
      const inside = index.order.subarray(starts[ordinal], starts[ordinal + 1]);
      const first = inside[0] as number;
      if (!near(x[first] as number, y[first] as number)) continue;
      const { name, outline } = cell(ordinal);
      const ring = drawIn(coord, outline);
      const counted = ring && count(inside, matches);
      if (!counted) continue;
      matched += counted.count;
      const attributes = { cell: name, resolution, ...counted.attributes };
      features.push({ id: ordinal, attributes, type: 'polygon', geometry: [ring] });
    }
    return { features, matched };
  };
}
