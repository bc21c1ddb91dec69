import { contours } from 'd3-contour';
import type { MultiPolygon, Position } from 'geojson';
import type { Grid } from '../../stats/density-grid.ts';
import type { Level } from './levels.ts';

/**
 * Where a surface is at least as high as each level, by marching squares with straight lines between nodes. Degrees, as the
 * grid has them: longitudes may go on beyond 180. What is higher lies within what is lower.
 * @yields how many levels are drawn, after each: where the caller may let others have their turn, or give up
 */
export function* drawContours(
  grid: Grid,
  values: Float64Array,
  levels: readonly Level[],
): Generator<number, MultiPolygon[], undefined> {
  const generator = contours().size([grid.columns, grid.rows]).smooth(true);
  // The library has a node in the middle of its square. Around its grid it draws half a square beyond the last nodes.
  const toDegrees = ([x = 0, y = 0]: Position): Position => {
    const column = Math.max(0, Math.min(grid.columns - 1, x - 0.5));
    const row = Math.max(0, Math.min(grid.rows - 1, y - 0.5));
    return [grid.west + column * grid.lonStep, Math.max(-90, Math.min(90, grid.south + row * grid.latStep))];
  };
  const drawn: MultiPolygon[] = [];
  for (const { density } of levels) {
    // It takes any list of numbers, which its types do not know.
    const { coordinates } = generator.contour(values as unknown as number[], density);
    drawn.push({
      type: 'MultiPolygon',
      coordinates: coordinates.map((rings) => rings.map((ring) => ring.map(toDegrees))),
    });
    yield drawn.length;
  }
  return drawn;
}

/** The height of a surface at a place, straight between the four nodes around it, as contours have it. Degrees. */
export function heightAt(grid: Grid, values: Float64Array, lon: number, lat: number): number {
  const across = ((((lon - grid.west) % 360) + 360) % 360) / grid.lonStep;
  const up = (lat - grid.south) / grid.latStep;
  const column = Math.min(grid.columns - 2, Math.floor(across));
  const row = Math.max(0, Math.min(grid.rows - 2, Math.floor(up)));
  const [east, north] = [across - column, up - row];
  const node = (dx: number, dy: number) => values[(row + dy) * grid.columns + column + dx] as number;
  const low = node(0, 0) * (1 - east) + node(1, 0) * east;
  const high = node(0, 1) * (1 - east) + node(1, 1) * east;
  return low * (1 - north) + high * north;
}
