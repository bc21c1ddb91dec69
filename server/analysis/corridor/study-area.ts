import type { Geometry, Position as LonLat } from 'geojson';
import { InvalidParameter } from '../../core/errors.ts';
import type { Localized } from '../../core/layer.ts';
import { type AreaRow, areaQuery, insideAreaQuery } from '../../query/analysis/corridor/study-area.ts';
import { COVERED, coverageOf, extentOf, findArea } from '../covered-area.ts';
import type { PlaceInput } from '../inputs.ts';
import type { Place } from '../place.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { type CorridorLine, chainageOf } from './line.ts';

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

function isWithin(events: readonly Selected[], geometry: Geometry): boolean {
  const boxes = geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  return events.every((selected) => {
    const extent = extentOf(selected);
    if (!extent) return true;
    const [west, south, east, north] = extent;
    return boxes.some(([ring]) => {
      const [low, , high] = (ring ?? []) as [LonLat, LonLat, LonLat];
      const [w, s, e, n] = [...low, ...high] as [number, number, number, number];
      return w <= west && s <= south && e >= east && n >= north;
    });
  });
}

const titleOf = (area: Place | undefined, place: Place | undefined): Localized => {
  if (!area) return place?.title ?? COVERED;
  if (!place) return area.title;
  return { en: `${area.title.en} within ${place.title.en}`, fr: `${area.title.fr}, dans ${place.title.fr}` };
};

/**
 * The study area of a question: as it was given, and where records are taken from a place only what it has in common with
 * that; else the place, else where the collections of events say that their records are to lie, else the box of their
 * records. Undefined when nothing says where.
 * @throws InvalidParameter, LayerNotFound, FeatureNotFound
 */
export async function findStudyArea(
  question: Question,
  {
    study_area,
    place: from,
  }: { readonly study_area?: PlaceInput | undefined; readonly place?: PlaceInput | undefined },
  events: readonly Selected[],
  line: CorridorLine,
): Promise<StudyArea | undefined> {
  const area = study_area && (await findArea(question, study_area, 'study_area'));
  const place = from && (await findArea(question, from, 'place'));
  const given = (area ?? place)?.geometry ?? coverageOf(events);
  if (!given) return undefined;
  const within = area && place ? (place.geometry as Geometry) : undefined;
  const [row] = await question.run<AreaRow>(areaQuery(given as Geometry, line.geometry, within));
  if (within && !(row && row.area_m2 > 0)) {
    const detail = 'It has nothing in common with the place from which records are taken.';
    throw new InvalidParameter([{ pointer: '/inputs/study_area', detail }]);
  }
  if (!row || row.area_m2 === 0) return undefined;
  const geometry = JSON.parse(row.geojson) as Geometry;
  const inside = row.is_all
    ? [{ from_piece: 0, to_piece: line.pieces.length }]
    : await question.run<{ from_piece: number; to_piece: number }>(insideAreaQuery(geometry, line.geometry));
  const isPublic = !area && !place && question.access.handling.every((level) => level === 'public');
  return {
    title: titleOf(area, place),
    geometry,
    areaM2: row.area_m2,
    stretches: joined(
      inside.map(({ from_piece: from, to_piece: to }) => [chainageOf(line, from), chainageOf(line, to)]),
    ),
    // Of records that not everybody sees nothing says where they are.
    isEverywhere: isPublic && isWithin(events, given as Geometry),
  };
}
