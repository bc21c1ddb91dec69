import { createHash } from 'node:crypto';
import type { Geometry, Polygon } from 'geojson';
import {
  cellArea,
  getHexagonAreaAvg,
  getHexagonEdgeLengthAvg,
  POLYGON_TO_CELLS_FLAGS,
  polygonToCellsExperimental,
  UNITS,
} from 'h3-js';
import { InvalidParameter } from '../../core/errors.ts';
import type { Localized } from '../../core/layer.ts';
import { type AreaPartRow, areaPartsQuery } from '../../query/analysis/cells/study-area.ts';
import { COVERED, coverageOf, findArea } from '../covered-area.ts';
import type { DrawnGeometry } from '../geometry.ts';
import type { PlaceInput } from '../inputs.ts';
import { findPlace } from '../place.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { keptWithin } from './kept-within.ts';
import { type Recommendation, recommend } from './recommend-resolution.ts';

/** The hexagons of a study area. An event is in the study when its own H3 cell is one of them. */
export interface StudyCells {
  /** H3, 0 (coarsest) to 8. */
  readonly resolution: number;
  /** H3 indexes, ascending: all that meet the area, those without any event too. */
  readonly cells: readonly string[];
  /** The place of each in that list. */
  readonly indexOf: ReadonlyMap<string, number>;
  /** What the area is called in sentences. */
  readonly title: Localized;
  /** Of all these hexagons, which reach beyond the area at its edge; on the sphere of H3. */
  readonly areaKm2: number;
  /** Why this resolution, where none was asked for. */
  readonly recommended: Recommendation | undefined;
}

/** What of a question says which hexagons. */
export interface StudyQuestion {
  readonly place?: PlaceInput | undefined;
  /** Else one is recommended. */
  readonly resolution?: number | undefined;
}

/** More could not be held against one another, nor read. */
export const MAX_STUDY_CELLS = 50_000;
/** Which laid out before are remembered: about 100 bytes a hexagon. */
const MAX_KEPT_CELLS = 500_000;

const refuse = (input: string, detail: string) => new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);

type Laid = Pick<StudyCells, 'cells' | 'indexOf' | 'areaKm2'>;
/** By the outline and the resolution, on which alone they depend. */
const known = keptWithin<Laid>(MAX_KEPT_CELLS, ({ cells }) => cells.length);

/**
 * By how much of an edge the base cells of a hexagon may reach over its outline (measured: 0.165). Events are counted by
 * their base cells: without it some at the very edge of the area would be in none of its hexagons.
 */
const OVERHANG = 0.2;
const DEGREE_KM = 111.2;
/** Parts of an area that are laid out before others have their turn. */
const PARTS_AT_ONCE = 50;

function marginOf(area: Geometry, resolution: number): number {
  const positions = 'coordinates' in area ? (area.coordinates as readonly unknown[]).flat(8) : [];
  const farthest = positions.reduce<number>(
    (most, value, index) => (index % 2 === 1 ? Math.max(most, Math.abs(value as number)) : most),
    0,
  );
  const stretch = Math.max(0.05, Math.cos((Math.min(farthest, 89) * Math.PI) / 180));
  return (OVERHANG * getHexagonEdgeLengthAvg(resolution, UNITS.km)) / DEGREE_KM / stretch;
}

const keyOf = (area: Geometry, resolution: number) =>
  `${resolution} ${createHash('sha256').update(JSON.stringify(area)).digest('base64url')}`;

async function layOut({ run }: Question, area: Geometry, resolution: number): Promise<Laid> {
  const parts = await run<AreaPartRow>(areaPartsQuery(area, marginOf(area, resolution)));
  checkForeseen(parts[0], resolution);
  const found = new Set<string>();
  let looked = 0;
  for (const { geojson } of parts) {
    const { coordinates } = JSON.parse(geojson) as Polygon;
    const { containmentOverlapping } = POLYGON_TO_CELLS_FLAGS;
    for (const cell of polygonToCellsExperimental(coordinates, resolution, containmentOverlapping, true))
      found.add(cell);
    checkCount(found.size, resolution);
    looked += 1;
    // Others wait meanwhile, and who asks may have gone.
    if (looked % PARTS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const cells = [...found].sort();
  const areaKm2 = cells.reduce((sum, cell) => sum + cellArea(cell, UNITS.km2), 0);
  return { cells, indexOf: new Map(cells.map((cell, index) => [cell, index])), areaKm2 };
}

/** How many more a ragged outline may foresee than there are. */
const RAGGED = 2;

/**
 * Many thin strips have no area and meet hexagons without end. Of figures that lie anyhow on a grid so many meet cells on
 * average: the area, and the perimeter times that of a cell over 2 pi, by the area of a cell (Santalo 1976, Integral geometry
 * and geometric probability, chapter 8).
 */
function checkForeseen(size: Pick<AreaPartRow, 'area_m2' | 'perimeter_m'> | undefined, resolution: number): void {
  if (!size) return;
  const edge = getHexagonEdgeLengthAvg(resolution, UNITS.m);
  const met = (size.area_m2 + (size.perimeter_m * 6 * edge) / (2 * Math.PI)) / getHexagonAreaAvg(resolution, UNITS.m2);
  if (met > RAGGED * MAX_STUDY_CELLS) checkCount(met, resolution);
}

function checkCount(count: number, resolution: number): void {
  if (count <= MAX_STUDY_CELLS) return;
  const detail = `Resolution ${resolution} makes about ${Math.ceil(count).toLocaleString('en')} hexagons here; at most ${MAX_STUDY_CELLS.toLocaleString('en')} are compared. Take coarser ones, or a smaller place.`;
  throw refuse('resolution', detail);
}

/**
 * The hexagons of a question's study area: of its place, else of where the collections say that their records are to lie,
 * else of the box of their records.
 * @throws InvalidParameter when there is no area, or there are too many hexagons; LayerNotFound, FeatureNotFound
 */
export async function findStudyCells(
  question: Question,
  selected: readonly Selected[],
  { place: wanted, resolution: asked }: StudyQuestion,
): Promise<StudyCells> {
  const given = wanted && (await findArea(question, wanted, 'place'));
  const covered = given ? undefined : coverageOf(selected);
  const geometry = (given?.geometry as Geometry | undefined) ?? covered;
  if (!geometry) throw refuse('place', 'Nothing says where the study area is: give a place that is one.');
  const title = given?.title ?? COVERED;
  const before = asked === undefined ? undefined : known.get(keyOf(geometry, asked));
  if (before && asked !== undefined) return { ...before, resolution: asked, title, recommended: undefined };
  const { areaKm2 } = given ?? (await findPlace(question, { geometry: geometry as DrawnGeometry }));
  const recommended =
    asked === undefined ? await recommend(question, selected, { areaKm2, place: given && geometry }) : undefined;
  const resolution = asked ?? (recommended as Recommendation).resolution;
  checkCount(areaKm2 / getHexagonAreaAvg(resolution, UNITS.km2), resolution);
  const key = keyOf(geometry, resolution);
  const laid = known.get(key) ?? known.set(key, await layOut(question, geometry, resolution));
  return { ...laid, resolution, title, recommended };
}
