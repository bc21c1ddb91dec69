import type { Geometry, Position } from 'geojson';

const position = ([x, y]: Position) => `${x} ${y}`;
const line = (positions: readonly Position[]) => `(${positions.map(position).join(',')})`;
const lines = (parts: readonly (readonly Position[])[]) => `(${parts.map(line).join(',')})`;

/** Well-known text, OGC 06-103r4, in two dimensions: longitude, then latitude. */
export function toWkt(geometry: Geometry): string {
  switch (geometry.type) {
    case 'Point':
      return geometry.coordinates.length === 0 ? 'POINT EMPTY' : `POINT (${position(geometry.coordinates)})`;
    case 'GeometryCollection':
      return tagged('GEOMETRYCOLLECTION', `(${geometry.geometries.map(toWkt).join(',')})`);
    case 'LineString':
    case 'MultiPoint':
      return tagged(geometry.type.toUpperCase(), line(geometry.coordinates));
    case 'Polygon':
    case 'MultiLineString':
      return tagged(geometry.type.toUpperCase(), lines(geometry.coordinates));
    case 'MultiPolygon':
      return tagged('MULTIPOLYGON', `(${geometry.coordinates.map(lines).join(',')})`);
  }
}

const tagged = (tag: string, content: string) => `${tag} ${content === '()' ? 'EMPTY' : content}`;
