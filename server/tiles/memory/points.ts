import type { LayerRecord } from '../../core/record.ts';
import { TILE_EXTENT, type TileCoord } from '../../core/tile.ts';
import type { Attributes } from './attributes.ts';
import type { TileFeature } from './encode.ts';
import { toPosition } from './geometry.ts';
import type { Condition } from './matches.ts';
import { type Position, squareOf, toMetres, toUnits } from './mercator.ts';
import { isWithin } from './single-precision.ts';

/** Places in the order of the records, metres: looking at all of them takes less than encoding those that are found. */
export interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export function toPlaces(positions: readonly Position[]): Places {
  return { x: Float64Array.from(positions, ([x]) => x), y: Float64Array.from(positions, ([, y]) => y) };
}

export function pointPlaces(records: readonly LayerRecord[]): Places {
  return toPlaces(records.map(({ geometry }) => toMetres(toPosition(geometry))));
}

export interface PlaceInTile {
  readonly index: number;
  /** In the tile's grid. */
  readonly point: [number, number];
}

/** The places that come to lie in a tile's square or on its edge when they are rounded to its grid. */
export function placesRoundedInto({ x, y }: Places, coord: TileCoord): PlaceInTile[] {
  const square = squareOf(coord);
  const unit = (square.east - square.west) / TILE_EXTENT;
  const found: PlaceInTile[] = [];
  for (let index = 0; index < x.length; index++) {
    const [across, up] = [x[index] as number, y[index] as number];
    if (across < square.west - unit || across > square.east + unit) continue;
    if (up < square.south - unit || up > square.north + unit) continue;
    const point = toUnits(square, [across, up]);
    if (point.every((units) => units >= 0 && units <= TILE_EXTENT)) found.push({ index, point });
  }
  return found;
}

/** The places in a tile's square itself; on an edge they are in the tiles on both sides. */
export function placesIn(places: Places, coord: TileCoord): PlaceInTile[] {
  const { west, south, east, north } = squareOf(coord);
  return placesRoundedInto(places, coord).filter(
    ({ index }) => isWithin(places.x[index] as number, west, east) && isWithin(places.y[index] as number, south, north),
  );
}

/** The records of points in a tile that match, in their order. */
export function pointFeatures(
  records: readonly LayerRecord[],
  places: Places,
  coord: TileCoord,
  matches: Condition,
  attributesOf: (record: LayerRecord) => Attributes,
): TileFeature[] {
  return placesIn(places, coord)
    .filter(({ index }) => matches(index))
    .map(({ index, point }) => {
      const record = records[index] as LayerRecord;
      return { id: record.id, attributes: attributesOf(record), type: 'point', geometry: [[point]] };
    });
}
