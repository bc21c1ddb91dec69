import { cellArea, UNITS } from 'h3-js';
import { InvalidParameter } from '../core/errors.ts';
import { radiusOfCells } from '../core/hex.ts';
import type { Localized } from '../core/layer.ts';
import type { PlacedBy } from '../query/analysis/placed-records.ts';
import type { Units } from '../query/analysis/summary/units.ts';
import { findStudyCells } from './cells/study-cells.ts';
import type { Estimate } from './estimate.ts';
import type { CommonInputs } from './inputs.ts';
import { oncePerQuestion } from './once.ts';
import type { Question } from './question.ts';
import type { Selected } from './select.ts';
import { shapeOfCell } from './summary/cells.ts';
import { costOf } from './summary/cost.ts';
import type { SummaryInputs } from './summary/inputs.ts';
import { findDivision, findStudyPlace, readUnits } from './summary/units.ts';

/** A unit of a study area, whether anything lies in it or not. */
export interface StudyUnit {
  /** How counts know it: its number, or its H3 cell. */
  readonly key: number | string;
  /** How a reader knows it: P-code or number of the record, H3 cell, or place in the list of areas. */
  readonly id: string;
  readonly title: Localized | undefined;
  readonly areaKm2: number;
  /** GeoJSON, degrees. */
  readonly shape: () => object;
}

/** A study area as the units that make it up. */
export interface StudyUnits {
  readonly of: 'hexagon' | 'unit';
  /** By what it is counted. */
  readonly title: Localized;
  /** Where, when that is not the units themselves. */
  readonly where: Localized | undefined;
  readonly by: PlacedBy;
  /** All of them: of a collection in the order of their numbers, of hexagons in that of their indexes. */
  readonly units: readonly StudyUnit[];
  /** What they are taken from. */
  readonly layer: Selected['layer'] | undefined;
  /** Of the events, which of them are to be counted: a place cuts units, but hexagons are whole. */
  readonly within: (selected: Selected) => Selected;
}

/** What of a question says by what it is counted: units, areas, or the hexagons of a resolution. */
export type StudyUnitsQuestion = CommonInputs &
  Pick<SummaryInputs, 'units' | 'areas'> & { readonly resolution?: number | undefined };

async function byHexagons(
  question: Question,
  { place, resolution }: { readonly place: StudyUnitsQuestion['place']; readonly resolution: number },
  selected: readonly Selected[],
): Promise<StudyUnits> {
  const { cells, title } = await findStudyCells(question, selected, { place, resolution });
  return {
    of: 'hexagon',
    title: { en: `hexagons of H3 resolution ${resolution}`, fr: `les hexagones H3 de résolution ${resolution}` },
    where: title,
    by: { resolution, radiusM: radiusOfCells(resolution) },
    units: cells.map((cell) => ({
      ...{ key: cell, id: cell, title: undefined, areaKm2: cellArea(cell, UNITS.km2) },
      shape: () => shapeOfCell(cell),
    })),
    layer: undefined,
    within: (each) => each,
  };
}

/** Units of one answer: more could not be read, and others would wait while they are written. */
const MAX_UNITS = 5_000;

/** @param which what is too many of them @throws InvalidParameter */
export function checkUnits(count: number, which: string, { resolution }: StudyUnitsQuestion): void {
  if (count <= MAX_UNITS) return;
  const [found, most] = [count, MAX_UNITS].map((each) => each.toLocaleString('en'));
  const detail = `${which} ${found} units; at most ${most} are listed. Take coarser hexagons or larger units, or a smaller place.`;
  throw new InvalidParameter([{ pointer: `/inputs/${resolution === undefined ? 'units' : 'resolution'}`, detail }]);
}

function checkDivision({ units, areas, resolution }: StudyUnitsQuestion): void {
  const other = Object.entries({ units, areas }).find(([, value]) => value !== undefined)?.[0];
  if (resolution === undefined || other === undefined) return;
  const detail = 'Counted is by one thing: give units, or resolution, or areas.';
  throw new InvalidParameter([{ pointer: `/inputs/${other}`, detail }]);
}

/** Seconds to lay out a hexagon, to count in it and to write it. */
const HEXAGON_SECONDS = 1e-4;

/** What it takes to count points by them. */
export async function costOfUnits(
  question: Question,
  given: StudyUnitsQuestion,
  selected: readonly Selected[],
): Promise<Estimate> {
  checkDivision(given);
  if (given.resolution === undefined) return costOf(question, given, selected);
  // Hexagons are whole: no place cuts them.
  const counting = await costOf(question, { ...given, place: undefined, hexagons: given.resolution }, selected);
  const { units } = await findStudyUnits(question, given, selected);
  return { ...counting, seconds: counting.seconds + units.length * HEXAGON_SECONDS };
}

/**
 * The units of a question: the hexagons of the study area when a resolution is given, else areas that are given, else the
 * records of a collection of polygons.
 * @throws InvalidParameter, LayerNotFound, FeatureNotFound
 */
export const findStudyUnits = oncePerQuestion(readStudyUnits);

async function readStudyUnits(
  question: Question,
  given: StudyUnitsQuestion,
  selected: readonly Selected[],
): Promise<StudyUnits> {
  checkDivision(given);
  const { resolution } = given;
  if (resolution !== undefined) return byHexagons(question, { place: given.place, resolution }, selected);
  const place = await findStudyPlace(question, given);
  const division = await findDivision(question, given, place);
  const units = await readUnits(question, division.units as Units, division);
  return {
    of: 'unit',
    title: division.title,
    where: place?.title,
    by: { units: division.units as Units },
    units: units.map(({ key, id, title, areaKm2, geojson }) => ({
      ...{ key, id, title, areaKm2 },
      shape: () => JSON.parse(geojson) as object,
    })),
    layer: division.layer,
    within: (each) => (place ? { ...each, filter: { ...each.filter, place: place.geometry as never } } : each),
  };
}
