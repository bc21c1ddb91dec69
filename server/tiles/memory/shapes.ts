import GeoJSONVT from 'geojson-vt';
import { bandOf, GENERALISED_BANDS } from '../../core/band.ts';
import type { Layer } from '../../core/layer.ts';
import type { LayerRecord } from '../../core/record.ts';
import { MAX_ZOOM, TILE_BUFFER, TILE_EXTENT, type TileCoord } from '../../core/tile.ts';
import type { Attributes } from './attributes.ts';
import type { TileFeature } from './encode.ts';
import { toParts } from './geometry.ts';
import { type Parts, pointInPolygons, pointOnLines } from './interior-point.ts';
import type { Condition } from './matches.ts';
import { pixelOf, toMetres, toQuarterDegrees } from './mercator.ts';
import { type Places, placesRoundedInto, toPlaces } from './points.ts';
import { doubleArea, type GridPoint, withoutRepeats } from './ring.ts';
import { snapToGrid } from './snap.ts';

/** Of a unit of the tile's grid: what PostGIS leaves out as well before it rounds to that grid. */
const TOLERANCE = 0.5;
/** An index keeps every tile that it has cut, and those on the way to it: beyond this many it is made anew. */
const KEPT_TILES = 20_000;

/** What the zooms of one band show of the records. */
interface Band {
  /** Cuts the shapes. */
  readonly index: GeoJSONVT;
  /** The larger side of each shape, metres; 0 of what has collapsed. */
  readonly sizes: Float64Array;
  /** Stand for the shapes that cannot be seen as such. */
  readonly places: Places;
}

function sizeOf(parts: Parts): number {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of parts.flat(2)) {
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  return Math.max(east - west, north - south);
}

function toIndex(shapes: readonly (Parts | null)[], isPolygon: boolean, maxzoom: number): GeoJSONVT {
  const features = shapes.flatMap((parts, id) => {
    if (!parts) return [];
    const degrees = parts.map((lines) => lines.map((line) => line.map(toQuarterDegrees)));
    const geometry = isPolygon
      ? ({ type: 'MultiPolygon', coordinates: degrees } as const)
      : ({ type: 'MultiLineString', coordinates: degrees.flat() } as const);
    return [{ type: 'Feature' as const, id, geometry, properties: null }];
  });
  return new GeoJSONVT(
    { type: 'FeatureCollection', features },
    // One more: see toQuarterDegrees.
    { maxZoom: maxzoom + 1, indexMaxZoom: 0, tolerance: TOLERANCE, extent: TILE_EXTENT, buffer: TILE_BUFFER },
  );
}

/** A record's lines or polygons in metres. */
function toMetricParts({ geometry }: LayerRecord): Parts {
  return toParts(geometry).map((lines) => lines.map((line) => line.map(toMetres)));
}

/** What is left of lines or rings on the tile's grid. */
function clean(lines: readonly (readonly GridPoint[])[], isPolygon: boolean): GridPoint[][] {
  return lines.map(withoutRepeats).filter((line) => (isPolygon ? doubleArea(line) !== 0 : line.length > 1));
}

/**
 * Lines and polygons in memory, generalised by bands like those of a published layer; a band is made when one of its
 * zooms is first asked for. The function returned gives the features of a tile in the order of the records.
 */
export function holdShapes(
  layer: Layer,
  records: readonly LayerRecord[],
  attributesOf: (record: LayerRecord) => Attributes,
): (coord: TileCoord, matches: Condition) => TileFeature[] {
  const isPolygon = layer.geometry === 'polygon';
  const type = isPolygon ? 'polygon' : 'line';
  const pointIn = (parts: Parts) => (isPolygon ? pointInPolygons(parts) : pointOnLines(parts.flat()));
  const bands = new Map<number, Band>();

  function makeBand(band: number): Band {
    const originals = records.map(toMetricParts);
    const grid = GENERALISED_BANDS.find((one) => one.band === band)?.gridMetres;
    const shapes = grid ? originals.map((parts) => snapToGrid(parts, isPolygon, grid)) : originals;
    const zooms = Array.from({ length: MAX_ZOOM + 1 }, (_, z) => z).filter((z) => bandOf(z) === band);
    return {
      index: toIndex(shapes, isPolygon, Math.max(...zooms)),
      sizes: Float64Array.from(shapes, (parts) => (parts ? sizeOf(parts) : 0)),
      places: toPlaces(shapes.map((parts, index) => pointIn(parts ?? (originals[index] as Parts)))),
    };
  }

  function bandAt(number: number): Band {
    const known = bands.get(number);
    if (known && known.index.tileCoords.length <= KEPT_TILES) return known;
    const band = makeBand(number);
    bands.set(number, band);
    return band;
  }

  return (coord, matches) => {
    const band = bandAt(bandOf(coord.z));
    const drawn = new Map<number, TileFeature>();
    const add = (index: number, feature: Pick<TileFeature, 'type' | 'geometry'>, small: boolean) => {
      const record = records[index] as LayerRecord;
      const attributes = small ? { ...attributesOf(record), small } : attributesOf(record);
      drawn.set(index, { id: record.id, attributes, ...feature });
    };
    for (const { id, geometry } of band.index.getTile(coord.z + 1, coord.x, coord.y)?.features ?? []) {
      const index = id as number;
      if ((band.sizes[index] as number) < pixelOf(coord.z) || !matches(index)) continue;
      const lines = clean(geometry as GridPoint[][], isPolygon);
      if (lines.length > 0) add(index, { type, geometry: lines }, false);
    }
    for (const { index, point } of placesRoundedInto(band.places, coord)) {
      if (!drawn.has(index) && matches(index)) add(index, { type: 'point', geometry: [[point]] }, true);
    }
    return [...drawn].sort(([a], [b]) => a - b).map(([, feature]) => feature);
  };
}

/** One place inside each polygon, for its name. */
export function labelPlaces(records: readonly LayerRecord[]): Places {
  return toPlaces(records.map((record) => pointInPolygons(toMetricParts(record))));
}
