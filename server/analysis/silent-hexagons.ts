import type { Geometry } from 'geojson';
import { cellToParent, getHexagonAreaAvg, latLngToCell, UNITS } from 'h3-js';
import { BASE_RESOLUTION } from '../core/hex.ts';
import type { LonLats } from '../stats/geocentric.ts';
import { findStudyCells } from './cells/study-cells.ts';
import { coverageOf } from './covered-area.ts';
import type { CommonInputs } from './inputs.ts';
import { findPlace, type Place } from './place.ts';
import type { Question } from './question.ts';
import type { Silence } from './reporting.ts';
import type { Selected } from './select.ts';

/** Hexagons of the study area that are looked at; the whole of a region has as many of some 200 km2. */
const MOST = 20_000;

/** What is reported, and where. */
export interface Reported {
  readonly selected: readonly Selected[];
  /** Where all events are, also those that are left out of what is computed. */
  readonly reported: LonLats;
  /** The place of the question, where it has one. */
  readonly place: Pick<Place, 'areaKm2'> | undefined;
}

/**
 * In how many hexagons of the study area nothing at all is reported, as small as is asked or as there is room for. Nothing
 * where nobody knows which area it is.
 */
export async function findSilence(
  question: Question,
  { place }: Pick<CommonInputs, 'place'>,
  { selected, reported, place: known }: Reported,
  finest: number,
): Promise<Silence[]> {
  const geometry: Geometry | undefined = known ? undefined : coverageOf(selected);
  if (!(known || geometry)) return [];
  const { areaKm2 } = known ?? (await findPlace(question, { geometry: geometry as never }));
  let resolution = finest;
  while (resolution > 0 && areaKm2 / getHexagonAreaAvg(resolution, UNITS.km2) > MOST) resolution -= 1;
  const { cells } = await findStudyCells(question, selected, { place, resolution });
  // By the cells of records, as they are counted elsewhere.
  const held = new Set<string>();
  for (const [place, lon] of reported.lons.entries())
    held.add(cellToParent(latLngToCell(reported.lats[place] as number, lon, BASE_RESOLUTION), resolution));
  return [{ of: 'hexagon', all: cells.length, silent: cells.filter((cell) => !held.has(cell)).length }];
}
