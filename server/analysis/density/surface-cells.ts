import { cellArea, getHexagonAreaAvg, gridDisk, latLngToCell, UNITS } from 'h3-js';
import { InvalidParameter } from '../../core/errors.ts';
import { MAX_RESOLUTION, radiusOfCells } from '../../core/hex.ts';
import type { LonLats } from '../../stats/geocentric.ts';
import { AnalysisTooLarge } from '../estimate.ts';

/** Hexagons of one surface: more could not be read, nor drawn from one answer. */
export const MAX_CELLS = 20_000;
/** Before those are left out to which nothing reaches. */
const MAX_CANDIDATES = 3 * MAX_CELLS;

/** Hexagons that events may reach. */
export interface SurfaceCells {
  /** H3. */
  readonly resolution: number;
  /** H3 indexes, ascending: all whose middle is within the bandwidth of an event, and some more. */
  readonly cells: readonly string[];
}

/**
 * Rings of hexagons around one in which all lie whose middles are within a distance of a place in it. The distance between
 * middles is that of regular hexagons as large, which those of H3 are to within 15 %.
 */
function ringsFor(cell: string, metres: number): number {
  const area = cellArea(cell, UNITS.m2);
  const between = Math.sqrt((2 * area) / Math.sqrt(3));
  // A disk of hexagons is a hexagon itself, least wide at the middle of its sides.
  return Math.ceil((metres + Math.sqrt(area)) / (between * 0.85 * (Math.sqrt(3) / 2))) + 1;
}

function cellsWithin({ lons, lats }: LonLats, metres: number, resolution: number): string[] | undefined {
  const held = new Set<string>();
  for (const [place, lon] of lons.entries()) held.add(latLngToCell(lats[place] as number, lon, resolution));
  const found = new Set<string>();
  for (const cell of held) {
    for (const near of gridDisk(cell, ringsFor(cell, metres))) found.add(near);
    if (found.size > MAX_CANDIDATES) return undefined;
  }
  return [...found].sort();
}

/** The coarsest resolution whose hexagons are at most a third of a bandwidth wide. */
export function resolutionFor(metres: number): number {
  let resolution = 0;
  while (resolution < MAX_RESOLUTION && 2 * radiusOfCells(resolution) > metres / 3) resolution += 1;
  return resolution;
}

/**
 * The hexagons of a surface: of the resolution that is asked, else of the one that fits the bandwidth, or a coarser one
 * where those are too many, as long as they are not wider than the bandwidth.
 * @throws AnalysisTooLarge
 * @throws InvalidParameter where one that is asked is wider than the bandwidth: events between middles would be in none
 */
export function findSurfaceCells(places: LonLats, metres: number, asked: number | undefined): SurfaceCells {
  if (asked !== undefined && 2 * radiusOfCells(asked) > metres) {
    const km = (value: number) => (value / 1_000).toLocaleString('en', { maximumSignificantDigits: 3 });
    const detail = `Hexagons of resolution ${asked} are about ${km(2 * radiusOfCells(asked))} km wide, which is more than the bandwidth of ${km(metres)} km: most would miss the events in them. Take a finer resolution or a wider bandwidth.`;
    throw new InvalidParameter([{ pointer: '/inputs/resolution', detail }]);
  }
  let resolution = asked ?? resolutionFor(metres);
  let cells = cellsWithin(places, metres, resolution);
  while (!cells && asked === undefined && resolution > 0 && 2 * radiusOfCells(resolution - 1) <= metres) {
    resolution -= 1;
    cells = cellsWithin(places, metres, resolution);
  }
  if (cells) return { resolution, cells };
  const km2 = getHexagonAreaAvg(resolution, UNITS.km2).toLocaleString('en', { maximumSignificantDigits: 2 });
  throw new AnalysisTooLarge(
    `The events reach more than ${MAX_CELLS.toLocaleString('en')} hexagons of resolution ${resolution} (${km2} km2 each). Take a coarser resolution or a wider bandwidth, or narrow the place or the filter.`,
  );
}
