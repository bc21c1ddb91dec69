import type { Feature, FeatureCollection, Geometry, Position } from 'geojson';
import type { IssueRecord } from './api/upload-types.ts';

/** What the map shows of records with an issue. Pure. */

export type Box = readonly [number, number, number, number];

function positionsOf(geometry: Geometry): Position[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(positionsOf);
  const flat = (value: unknown): Position[] =>
    Array.isArray(value) ? (typeof value[0] === 'number' ? [value as Position] : value.flatMap(flat)) : [];
  return flat(geometry.coordinates);
}

const isOnEarth = ([lon, lat]: Position) =>
  lon !== undefined && lat !== undefined && Math.abs(lon) <= 180 && Math.abs(lat) <= 85;

/** West, south, east, north of all of them; null when none lies on the map. */
export function boxOf(geometries: readonly (Geometry | null | undefined)[]): Box | null {
  const positions = geometries.flatMap((geometry) => (geometry ? positionsOf(geometry) : [])).filter(isOnEarth);
  if (positions.length === 0) return null;
  const lons = positions.map(([lon = 0]) => lon);
  const lats = positions.map(([, lat = 0]) => lat);
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  return [least(lons), least(lats), most(lons), most(lats)];
}

const isSame = (a: Geometry, b: Geometry) => JSON.stringify(a) === JSON.stringify(b);

/** Each record as it would be published and, where that is another place, as the file has it, with the way between. */
export function toSides(records: readonly IssueRecord[], chosen: number | null): FeatureCollection {
  const features: Feature[] = [];
  for (const { id, geometry, before } of records) {
    const add = (side: string, shape: Geometry) =>
      features.push({
        type: 'Feature',
        geometry: shape,
        properties: { side, record: id, chosen: id === chosen, faint: chosen !== null && id !== chosen },
      });
    if (before && (!geometry || !isSame(before, geometry))) {
      if (geometry?.type === 'Point' && before.type === 'Point' && isOnEarth(before.coordinates)) {
        add('way', { type: 'LineString', coordinates: [before.coordinates, geometry.coordinates] });
      }
      if (positionsOf(before).every(isOnEarth)) add('before', before);
    }
    if (geometry) add('after', geometry);
  }
  return { type: 'FeatureCollection', features };
}
