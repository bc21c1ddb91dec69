import type { Geometry, Position } from 'geojson';
import type { FlatWriter } from './flat-writer.ts';

/** By the list of types in header.fbs, which are those of WKB. */
export const GEOMETRY_TYPE = { Point: 1, MultiLineString: 5, MultiPolygon: 6 } as const;
const POLYGON = 3;

/** Numbers of the fields of a geometry in feature.fbs. */
const ENDS = 0;
const XY = 1;
const TYPE = 6;
const PARTS = 7;

/**
 * A geometry of a layer as its table: points as they are; lines and polygons as their multi forms, so that all
 * features of a file are of the type that its header says. @throws TypeError for another one
 */
export function writeShape(flat: FlatWriter, place: number, geometry: Geometry): void {
  if (geometry.type === 'Point') plain(flat, place, geometry.coordinates);
  else if (geometry.type === 'LineString') parted(flat, place, [geometry.coordinates], GEOMETRY_TYPE.MultiLineString);
  else if (geometry.type === 'MultiLineString')
    parted(flat, place, geometry.coordinates, GEOMETRY_TYPE.MultiLineString);
  else if (geometry.type === 'Polygon') polygons(flat, place, [geometry.coordinates]);
  else if (geometry.type === 'MultiPolygon') polygons(flat, place, geometry.coordinates);
  else throw new TypeError(`A layer has no ${geometry.type}.`);
}

function plain(flat: FlatWriter, place: number, [x = Number.NaN, y = Number.NaN]: Position): void {
  const table = flat.table([
    [XY, 4],
    [TYPE, 1],
  ]);
  const [xy, type] = table.places as [number, number];
  flat.link(place, table.at);
  flat.byte(type, GEOMETRY_TYPE.Point);
  flat.doubles(xy, [x, y]);
}

/** Lines or rings: all positions one after the other, and where each part ends, counted in positions. */
function parted(flat: FlatWriter, place: number, parts: readonly (readonly Position[])[], ofType: number): void {
  const table = flat.table([
    [ENDS, 4],
    [XY, 4],
    [TYPE, 1],
  ]);
  const [ends, xy, type] = table.places as [number, number, number];
  flat.link(place, table.at);
  flat.byte(type, ofType);
  let end = 0;
  flat.uints(
    ends,
    parts.map(({ length }) => {
      end += length;
      return end;
    }),
  );
  const values: number[] = [];
  for (const part of parts) for (const [x = Number.NaN, y = Number.NaN] of part) values.push(x, y);
  flat.doubles(xy, values);
}

function polygons(flat: FlatWriter, place: number, parts: readonly (readonly (readonly Position[])[])[]): void {
  const table = flat.table([
    [PARTS, 4],
    [TYPE, 1],
  ]);
  const [offsets, type] = table.places as [number, number];
  flat.link(place, table.at);
  flat.byte(type, GEOMETRY_TYPE.MultiPolygon);
  const places = flat.offsets(offsets, parts.length);
  for (const [index, rings] of parts.entries()) parted(flat, places[index] as number, rings, POLYGON);
}
