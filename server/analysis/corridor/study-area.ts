import type { Geometry, Position as LonLat } from 'geojson';
import { InvalidParameter } from '../../core/errors.ts';
import type { Localized } from '../../core/layer.ts';
import { type AreaRow, areaQuery, insideAreaQuery } from '../../query/analysis/corridor/study-area.ts';
import type { PlaceInput } from '../inputs.ts';
import { findPlace } from '../place.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { type CorridorLine, chainageOf } from './line.ts';
import { extentOf } from './window.ts';

/** Where rates are of. */
export interface StudyArea {
  readonly title: Localized;
  /** Degrees. */
  readonly geometry: Geometry;
  /** On the ellipsoid, with edges that are straight on the map. */
  readonly areaM2: number;
  /** Where the line lies in it: metres along the line, rising, none overlaps another. */
  readonly stretches: readonly (readonly [from: number, to: number])[];
  /** Every record of the collections of events lies in it. */
  readonly isEverywhere: boolean;
}

type Box = readonly [west: number, south: number, east: number, north: number];
const COVERAGE: Localized = {
  en: 'the area that the collections of events cover',
  fr: 'la zone que couvrent les collections d’événements',
};

/** Of a box over the antimeridian the west is greater than the east. */
function ringsOf([west, south, east, north]: Box): LonLat[][][] {
  const ring = (from: number, to: number): LonLat[][] => [
    [
      [from, south],
      [to, south],
      [to, north],
      [from, north],
      [from, south],
    ],
  ];
  return west <= east ? [ring(west, east)] : [ring(west, 180), ring(-180, east)];
}

async function coverage(question: Question, events: readonly Selected[]): Promise<Geometry | undefined> {
  const boxes: Box[] = [];
  for (const selected of events) {
    const extent = selected.layer.area ? undefined : await extentOf(question, selected);
    if (selected.layer.area) boxes.push(selected.layer.area);
    else if (extent && extent.west !== null) boxes.push([extent.west, extent.south, extent.east, extent.north]);
  }
  const wide = boxes.filter(([west, south, east, north]) => west !== east && south < north);
  return wide.length === 0 ? undefined : { type: 'MultiPolygon', coordinates: wide.flatMap(ringsOf) };
}

/** Puts stretches together that overlap or touch. */
function joined(stretches: readonly (readonly [number, number])[]): [number, number][] {
  const found: [number, number][] = [];
  for (const [from, to] of stretches.toSorted(([a], [b]) => a - b)) {
    const last = found.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

async function isWithin(question: Question, events: readonly Selected[], geometry: Geometry): Promise<boolean> {
  const boxes = geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  for (const selected of events) {
    const extent = await extentOf(question, selected);
    if (!extent || extent.west === null) continue;
    const { west, south, east, north } = extent;
    const holds = boxes.some(([ring]) => {
      const [low, , high] = (ring ?? []) as [LonLat, LonLat, LonLat];
      const [w, s, e, n] = [...low, ...high] as [number, number, number, number];
      return w <= west && s <= south && e >= east && n >= north;
    });
    if (!holds) return false;
  }
  return true;
}

/**
 * The study area of a question: as it was given (or the place from which records are taken), else where the collections of events say that their records are to lie,
 * else the box of their records. Undefined when nothing says where.
 * @throws InvalidParameter, LayerNotFound, FeatureNotFound
 */
export async function findStudyArea(
  question: Question,
  wanted: PlaceInput | undefined,
  events: readonly Selected[],
  line: CorridorLine,
): Promise<StudyArea | undefined> {
  const named = wanted === undefined ? undefined : await findPlace(question, wanted, 'study_area');
  if (named && named.kind !== 'polygon') {
    throw new InvalidParameter([
      { pointer: '/inputs/study_area', detail: `It is a ${named.kind}: a study area is a polygon.` },
    ]);
  }
  const given = named?.geometry ?? (await coverage(question, events));
  if (!given) return undefined;
  const [row] = await question.run<AreaRow>(areaQuery(given as Geometry, line.geometry));
  if (!row || row.area_m2 === 0) return undefined;
  const geometry = JSON.parse(row.geojson) as Geometry;
  const inside = row.is_all
    ? [{ from_piece: 0, to_piece: line.pieces.length }]
    : await question.run<{ from_piece: number; to_piece: number }>(insideAreaQuery(geometry, line.geometry));
  return {
    title: named?.title ?? COVERAGE,
    geometry,
    areaM2: row.area_m2,
    stretches: joined(
      inside.map(({ from_piece: from, to_piece: to }) => [chainageOf(line, from), chainageOf(line, to)]),
    ),
    isEverywhere: named === undefined && (await isWithin(question, events, given as Geometry)),
  };
}
