import { type Grid, planGrid } from '../../stats/density-grid.ts';
import { AnalysisTooLarge, type Estimate } from '../estimate.ts';
import { oncePerQuestion } from '../once.ts';
import type { Question } from '../question.ts';
import type { Given } from './inputs.ts';
import { placesOf } from './read-places.ts';
import { findSurfaceCells, type SurfaceCells } from './surface-cells.ts';

/** Nodes of the grid on which contours are drawn. */
const MAX_NODES = 3_000_000;
/** Steps of the grid to a bandwidth: the most that there is room for. */
const STEPS = [8, 6, 4];
/** Seconds on one processor: of a place that is read, an event on a node or a hexagon, a node at a level, a hexagon. */
const SECONDS = { place: 1e-5, comparison: 1e-8, node: 1e-7, cell: 5e-5 };

/** On what the density is computed. Absent without events. */
export interface Plan {
  readonly grid: Grid;
  readonly surface: SurfaceCells;
}

async function plan(question: Question, inputs: Given): Promise<Plan | undefined> {
  const places = await placesOf(question, inputs);
  if (places.events === 0) return undefined;
  const metres = places.bandwidth.km * 1_000;
  const grids = STEPS.map((steps) => planGrid(places, metres, metres / steps));
  const grid = grids.find(({ columns, rows }) => columns * rows <= MAX_NODES);
  if (!grid) {
    const { columns, rows } = grids.at(-1) as Grid;
    throw new AnalysisTooLarge(
      `The events are spread so far that contours with a bandwidth of ${places.bandwidth.km} km take ${(columns * rows).toLocaleString('en')} nodes; at most ${MAX_NODES.toLocaleString('en')} are computed. Take a wider bandwidth, or narrow the place or the filter.`,
    );
  }
  return { grid, surface: findSurfaceCells(places, metres, inputs.resolution) };
}

/** @throws AnalysisTooLarge, InvalidParameter */
export const planOf = oncePerQuestion(plan);

export async function estimateDensity(question: Question, inputs: Given): Promise<Estimate> {
  const { lons, bandwidth } = await placesOf(question, inputs);
  const planned = await planOf(question, inputs);
  if (!planned) return { comparisons: 0, seconds: 0.05 };
  const { grid, surface } = planned;
  const nodes = grid.columns * grid.rows;
  // Nodes of a disc are those of the square around it; hexagons of a disc those of nine cubes as wide as it.
  const disc = Math.PI * bandwidth.km ** 2;
  const perPlace = 300 + (3 * disc) / (5e8 / 122 / 7 ** surface.resolution);
  const comparisons = Math.ceil(lons.length * perPlace);
  return {
    comparisons,
    seconds:
      0.1 +
      lons.length * SECONDS.place +
      comparisons * SECONDS.comparison +
      nodes * SECONDS.node * inputs.levels.length +
      surface.cells.length * SECONDS.cell,
  };
}
