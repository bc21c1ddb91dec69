/**
 * The images that the style tints: markers, the arrow, hatching. Each is a signed distance field in an alpha channel as
 * MapLibre reads it: 192 on the edge, more inside, 8 pixels of distance for the whole range of 255.
 */

/** Logical pixels from the middle of a marker to its tip, at `icon-size` 1. */
export const SHAPE_RADIUS = 8;

/** Image pixels per logical pixel. */
export const SPRITE_PIXEL_RATIO = 2;

export interface SpriteImage {
  readonly name: string;
  /** Image pixels; the image is square. */
  readonly size: number;
  /** `size * size` values, row by row from the top left. */
  readonly alpha: Uint8Array;
}

/** Distance in logical pixels from a point to a shape's edge: negative inside. x to the right, y down, 0 in the middle. */
type Distance = (x: number, y: number) => number;

const box =
  (halfWidth: number, halfHeight: number): Distance =>
  (x, y) => {
    const [dx, dy] = [Math.abs(x) - halfWidth, Math.abs(y) - halfHeight];
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0);
  };

/** Convex polygon, corners clockwise on the screen. */
const polygon =
  (corners: readonly (readonly [number, number])[]): Distance =>
  (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let inside = true;
    for (const [index, [ax, ay]] of corners.entries()) {
      const [bx, by] = corners[(index + 1) % corners.length] ?? [ax, ay];
      const [ex, ey, px, py] = [bx - ax, by - ay, x - ax, y - ay];
      const along = Math.max(0, Math.min(1, (px * ex + py * ey) / (ex * ex + ey * ey)));
      nearest = Math.min(nearest, Math.hypot(px - along * ex, py - along * ey));
      if (ex * py - ey * px < 0) inside = false;
    }
    return inside ? -nearest : nearest;
  };

const SHAPES: Readonly<Record<string, Distance>> = {
  square: box(6.4, 6.4),
  diamond: polygon([
    [0, -8.6],
    [8.6, 0],
    [0, 8.6],
    [-8.6, 0],
  ]),
  triangle: polygon([
    [0, -8.4],
    [8.2, 6],
    [-8.2, 6],
  ]),
  cross: (x, y) => Math.min(box(2.6, 8)(x, y), box(8, 2.6)(x, y)),
  dot: (x, y) => Math.hypot(x, y) - 2.4,
  arrow: polygon([
    [-6, -6.5],
    [8, 0],
    [-6, 6.5],
  ]),
};

/** Lines at 45 degrees that meet their continuation in the next copy of the tile. */
const diagonal =
  (period: number, halfWidth: number, sign: 1 | -1): Distance =>
  (x, y) => {
    const position = (((x + sign * y) % period) + period) % period;
    return Math.min(position, period - position) / Math.SQRT2 - halfWidth;
  };

const PATTERNS: Readonly<Record<string, Distance>> = {
  hatch: diagonal(8, 0.6, 1),
  crosshatch: (x, y) => Math.min(diagonal(8, 0.55, 1)(x, y), diagonal(8, 0.55, -1)(x, y)),
};

function draw(name: string, size: number, distance: Distance): SpriteImage {
  const alpha = new Uint8Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = (column + 0.5 - size / 2) / SPRITE_PIXEL_RATIO;
      const y = (row + 0.5 - size / 2) / SPRITE_PIXEL_RATIO;
      alpha[row * size + column] = Math.max(0, Math.min(255, Math.round(255 * (0.75 - distance(x, y) / 8))));
    }
  }
  return { name, size, alpha };
}

/** All images. A pattern is 16 image pixels wide: a power of two, or it would not repeat without a seam. */
export function spriteImages(): SpriteImage[] {
  return [
    ...Object.entries(SHAPES).map(([name, distance]) => draw(name, 48, distance)),
    ...Object.entries(PATTERNS).map(([name, distance]) => draw(name, 16, distance)),
  ];
}
