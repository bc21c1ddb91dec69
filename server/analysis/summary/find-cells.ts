import { gridDisk } from 'h3-js';
import type { Bbox } from '../../core/bbox.ts';
import { type CellRow, cellsQuery } from '../../query/analysis/summary/points.ts';
import type { Place } from '../place.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { cellsOver, inOrder, MAX_CELLS } from './cells.ts';

const overlap = (a: Bbox, b: Bbox | null): Bbox | null => {
  if (!b) return null;
  const both = {
    west: Math.max(a.west, b.west),
    south: Math.max(a.south, b.south),
    east: Math.min(a.east, b.east),
    north: Math.min(a.north, b.north),
  };
  return both.west <= both.east && both.south <= both.north ? both : null;
};

function boxOf({ geometry }: Place): Bbox {
  const positions = (geometry.coordinates as readonly unknown[]).flat(8) as number[];
  const [lons, lats] = [
    positions.filter((_, index) => index % 2 === 0),
    positions.filter((_, index) => index % 2 === 1),
  ];
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  return { west: least(lons), south: least(lats), east: most(lons), north: most(lats) };
}

/** The cells that may meet a line or polygon: all of the box of their collection. */
function cellsOfShape({ layer: { bbox: box } }: Selected, resolution: number, place: Place | undefined) {
  if (!box) return [];
  const bounded = place ? overlap(box, boxOf(place)) : box;
  return bounded ? cellsOver(bounded, resolution) : [];
}

interface Cells {
  /** In which points lie, by their numbers. */
  readonly ofPoints: readonly string[];
  /** In whose outlines something may lie, the same among them. In the order of their numbers. */
  readonly all: readonly string[];
}

/**
 * The hexagons of a question.
 * @throws InvalidParameter when there are too many
 */
export async function findCells(
  question: Question,
  selected: readonly Selected[],
  resolution: number,
  place: Place | undefined,
): Promise<Cells> {
  const [points, shapes] = [new Set<string>(), new Set<string>()];
  for (const each of selected) {
    const { layer, filter } = each;
    if (layer.geometry === 'point') {
      const rows = await question.run<CellRow>(cellsQuery(layer, filter, resolution, MAX_CELLS + 1));
      for (const { cell } of rows) points.add(cell);
    } else for (const cell of cellsOfShape(each, resolution, place)) shapes.add(cell);
  }
  const ofPoints = inOrder(points, resolution);
  // The numbers of cells lie in one another, their outlines do so nearly: a point may lie in that of a neighbour.
  const around = place ? ofPoints.flatMap((cell) => gridDisk(cell, 1)) : ofPoints;
  return { ofPoints, all: inOrder([...around, ...shapes], resolution) };
}
