import type { Geometry, Position } from 'geojson';
import { toWkb } from '../ewkb.ts';

/** West, east, south, north in degrees: the order of a GeoPackage. */
export type Envelope = readonly [minx: number, maxx: number, miny: number, maxy: number];

const LITTLE_ENDIAN = 1;
const WITH_ENVELOPE = 1 << 1;
const SRS = 4326;

/** All of a type: features of a layer of lines or polygons are their multi forms. */
function multi(geometry: Geometry): Geometry {
  if (geometry.type === 'LineString') return { type: 'MultiLineString', coordinates: [geometry.coordinates] };
  if (geometry.type === 'Polygon') return { type: 'MultiPolygon', coordinates: [geometry.coordinates] };
  return geometry;
}

/**
 * A geometry as GeoPackage keeps it (OGC 12-128r18, 2.1.3): "GP", version, flags, reference system, then the envelope
 * of what is not a point, then WKB.
 */
export function toBlob(geometry: Geometry): { readonly blob: Buffer; readonly envelope: Envelope } {
  const envelope = envelopeOf(geometry);
  const isPoint = geometry.type === 'Point';
  const head = Buffer.alloc(isPoint ? 8 : 40);
  head.write('GP', 'latin1');
  head[3] = LITTLE_ENDIAN | (isPoint ? 0 : WITH_ENVELOPE);
  head.writeInt32LE(SRS, 4);
  if (!isPoint) for (const [index, value] of envelope.entries()) head.writeDoubleLE(value, 8 + 8 * index);
  return { blob: Buffer.concat([head, toWkb(multi(geometry))]), envelope };
}

function envelopeOf(geometry: Geometry): Envelope {
  const box: [number, number, number, number] = [Infinity, -Infinity, Infinity, -Infinity];
  const add = (nested: Position | readonly unknown[]): void => {
    if (typeof nested[0] !== 'number') {
      for (const part of nested) add(part as readonly unknown[]);
      return;
    }
    const [x, y] = nested as Position as [number, number];
    box[0] = Math.min(box[0], x);
    box[1] = Math.max(box[1], x);
    box[2] = Math.min(box[2], y);
    box[3] = Math.max(box[3], y);
  };
  if (geometry.type !== 'GeometryCollection') add(geometry.coordinates);
  return box;
}
