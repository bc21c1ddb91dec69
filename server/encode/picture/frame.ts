/** What part of the world a picture shows: WGS 84 degrees of its middle, MapLibre's zoom (512 pixels at 0), size in pixels. */
export interface Frame {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

const TILE_PIXELS = 512;
/** Finer tiles than these hold nothing more. */
const MAX_TILE_ZOOM = 12;

/** Of the whole world, 0 to 1 from its upper left corner, in Web Mercator. */
const worldX = (lon: number) => (lon + 180) / 360;
const worldY = (lat: number) => {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};

/** Opens on a box of degrees (west, south, east, north), as large as fits. */
export function frameOf(
  [west, south, east, north]: readonly [number, number, number, number],
  { width, height }: Pick<Frame, 'width' | 'height'>,
): Frame {
  const [left, right, top, bottom] = [worldX(west), worldX(east), worldY(north), worldY(south)];
  const scale = Math.min(width / (right - left), height / (bottom - top)) / TILE_PIXELS;
  const middle = (top + bottom) / 2;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * middle))) * 180) / Math.PI;
  return { lon: (west + east) / 2, lat, zoom: Math.max(0, Math.log2(scale)), width, height };
}

/** A tile that the frame shows a part of, and where it lies in the picture: pixels of its upper left corner, and its size. */
export interface PlacedTile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

/**
 * The tiles below a frame, of the zoom that MapLibre would load. Their corners lie on whole pixels: what is cut off at the edge
 * of one goes on in the next without a seam, and nothing is out of place by more than half of one.
 */
export function tilesOf({ lon, lat, zoom, width, height }: Frame): PlacedTile[] {
  const z = Math.min(Math.floor(zoom), MAX_TILE_ZOOM);
  const count = 2 ** z;
  const pixels = TILE_PIXELS * 2 ** (zoom - z);
  const [x0, y0] = [worldX(lon) * count - width / 2 / pixels, worldY(lat) * count - height / 2 / pixels];
  const edge = (tile: number, from: number) => Math.round((tile - from) * pixels);
  const tiles: PlacedTile[] = [];
  const range = (from: number, length: number) => {
    const [first, last] = [Math.max(0, Math.floor(from)), Math.min(count - 1, Math.ceil(from + length / pixels) - 1)];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  };
  for (const y of range(y0, height)) {
    for (const x of range(x0, width)) {
      const [left, top] = [edge(x, x0), edge(y, y0)];
      tiles.push({ z, x, y, left, top, size: Math.max(edge(x + 1, x0) - left, edge(y + 1, y0) - top) });
    }
  }
  return tiles;
}
