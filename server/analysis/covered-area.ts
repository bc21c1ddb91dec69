import type { Geometry, Position as LonLat } from 'geojson';
import { InvalidParameter } from '../core/errors.ts';
import type { Localized } from '../core/layer.ts';
import type { PlaceInput } from './inputs.ts';
import { findPlace, type Place } from './place.ts';
import type { Question } from './question.ts';
import type { Selected } from './select.ts';

type Box = readonly [west: number, south: number, east: number, north: number];
/** What that area is called. */
export const COVERED: Localized = {
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

/** The box of the public records of a collection, whoever asks. */
export const extentOf = ({ layer: { bbox } }: Selected): Box | undefined =>
  bbox ? [bbox.west, bbox.south, bbox.east, bbox.north] : undefined;

/** Where the collections of events say that their records are to lie, else the boxes of their records; undefined when nothing says where. */
export function coverageOf(events: readonly Selected[]): Geometry | undefined {
  const boxes = events.flatMap((selected) => {
    const box = selected.layer.area ?? extentOf(selected);
    return box ? [box] : [];
  });
  const wide = boxes.filter(([west, south, east, north]) => west !== east && south < north);
  return wide.length === 0 ? undefined : { type: 'MultiPolygon', coordinates: wide.flatMap(ringsOf) };
}

/** The polygons that an input names. @throws InvalidParameter, LayerNotFound, FeatureNotFound */
export async function findArea(question: Question, wanted: PlaceInput, input: string): Promise<Place> {
  const found = await findPlace(question, wanted, input);
  if (found.kind === 'polygon') return found;
  throw new InvalidParameter([
    { pointer: `/inputs/${input}`, detail: `It is a ${found.kind}: a study area is a polygon.` },
  ]);
}
