import type { Geometry, Position } from 'geojson';

/** Walks over the rings of polygons, and puts changed ones in their place. */

export interface Ring {
  readonly positions: readonly Position[];
  /** The outline of its polygon; else a hole. */
  readonly isExterior: boolean;
  /** JSON pointer inside the feature. */
  readonly pointer: string;
}

type Mend = (ring: Ring) => readonly Position[];

function mendPolygon(rings: readonly Position[][], pointer: string, mend: Mend): Position[][] {
  return rings.map((positions, index) => [
    ...mend({ positions, isExterior: index === 0, pointer: `${pointer}/${index}` }),
  ]);
}

/** The geometry with each ring as `mend` gives it; other geometries as they are. */
export function mendRings(geometry: Geometry, mend: Mend, pointer = '/geometry'): Geometry {
  switch (geometry.type) {
    case 'Polygon':
      return { ...geometry, coordinates: mendPolygon(geometry.coordinates, `${pointer}/coordinates`, mend) };
    case 'MultiPolygon':
      return {
        ...geometry,
        coordinates: geometry.coordinates.map((polygon, index) =>
          mendPolygon(polygon, `${pointer}/coordinates/${index}`, mend),
        ),
      };
    case 'GeometryCollection':
      return {
        ...geometry,
        geometries: geometry.geometries.map((part, index) => mendRings(part, mend, `${pointer}/geometries/${index}`)),
      };
    default:
      return geometry;
  }
}
