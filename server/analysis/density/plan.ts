import { getHexagonAreaAvg, UNITS } from 'h3-js';
import { type Grid, planGrid } from '../../stats/density-grid.ts';
import { AnalysisTooLarge, type Estimate } from '../estimate.ts';
import { oncePerQuestion } from '../once.ts';
import { selectPlacedEvents } from '../placed-events.ts';
import type { Question } from '../question.ts';
import { type Given, MAX_BANDWIDTH } from './inputs.ts';
import { findCrowd, placesOf } from './read-places.ts';
import { findSurfaceCells, MAX_CELLS, type SurfaceCells } from './surface-cells.ts';

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

/** Hexagons of a disc where their resolution is chosen by it: of the coarsest that are at most a third of it wide. */
const CHOSEN_CELLS = 252;

/**
 * What it would take at most, by how many events there are and how they lie: none of them is read for it, so that what grid it
 * takes, or that it takes too large a one, is not known yet.
 * @throws AnalysisTooLarge, InvalidParameter
 */
export async function estimateDensity(question: Question, inputs: Given): Promise<Estimate> {
  const found = await selectPlacedEvents(question, inputs);
  const { events, cells, spreadKm } = await findCrowd(question, found);
  if (events === 0) return { comparisons: 0, seconds: 0.05 };
  // The rule of the process, of which their standard distance is the most that it takes.
  const km = Math.min(MAX_BANDWIDTH, inputs.bandwidth_km ?? Math.max(1, 0.9 * spreadKm * events ** -0.2));
  const { resolution } = inputs;
  const ofDisc =
    resolution === undefined ? CHOSEN_CELLS : (Math.PI * km ** 2) / getHexagonAreaAvg(resolution, UNITS.km2);
  // Nodes of a disc are those of the square around it; hexagons of a disc those of nine cubes as wide as it.
  const comparisons = Math.ceil(cells * (300 + 3 * ofDisc));
  return {
    comparisons,
    seconds:
      0.1 +
      cells * SECONDS.place +
      comparisons * SECONDS.comparison +
      MAX_NODES * SECONDS.node * inputs.levels.length +
      MAX_CELLS * SECONDS.cell,
  };
}
