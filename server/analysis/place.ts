import type { PublishedLayer } from '../core/catalogue.ts';
import { FeatureNotFound, InvalidParameter } from '../core/errors.ts';
import type { Localized } from '../core/layer.ts';
import { adminQuery, drawnQuery, featureQuery, type PlaceRow } from '../query/analysis/place.ts';
import type { DrawnGeometry } from './geometry.ts';
import type { PlaceInput } from './inputs.ts';
import type { Question } from './question.ts';

/** Where a question is asked. */
export interface Place {
  /** Degrees, CRS84, as the database has it: in full precision, valid. */
  readonly geometry: DrawnGeometry;
  readonly kind: 'point' | 'line' | 'polygon';
  /** On the ellipsoid of WGS 84; 0 for what has none. */
  readonly areaKm2: number;
  readonly lengthKm: number;
  /** What it is called in sentences. */
  readonly title: Localized;
}

const KINDS = ['point', 'line', 'polygon'] as const;

function refuse(detail: string, input: string): never {
  throw new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);
}

function toPlace(row: PlaceRow, fallback: Localized): Place {
  const { name, name_fr } = row;
  return {
    geometry: JSON.parse(row.geojson) as DrawnGeometry,
    kind: KINDS[row.dimension] as Place['kind'],
    areaKm2: row.area_m2 / 1e6,
    lengthKm: row.length_m / 1e3,
    title: name === null ? fallback : { en: name, fr: name_fr ?? name },
  };
}

/** What PostGIS says without a place is what its library threw, and nothing to a reader. */
function toReason(fault: string): string {
  return /exception/i.test(fault) ? 'a ring of a polygon does not end at the position where it begins' : fault;
}

async function drawn({ run }: Question, geometry: object, title: Localized, input: string): Promise<Place> {
  const [row] = await run<PlaceRow & { fault: string | null }>(drawnQuery(geometry));
  if (!row) throw new Error('a geometry came to nothing');
  if (row.fault !== null) refuse(`The geometry is not valid: ${toReason(row.fault)}.`, input);
  return toPlace(row, title);
}

/**
 * The place that an input names.
 * @param input where it stands in the inputs, for messages
 * @throws InvalidParameter, LayerNotFound, FeatureNotFound
 */
export async function findPlace(question: Question, wanted: PlaceInput, input = 'place'): Promise<Place> {
  if ('geometry' in wanted) {
    return drawn(question, wanted.geometry, { en: 'the drawn shape', fr: 'le tracé dessiné' }, input);
  }
  if ('bbox' in wanted) {
    const [west, south, east, north] = wanted.bbox;
    if (south >= north) refuse('bbox is west, south, east, north: south must lie below north.', input);
    const part = (from: number, to: number) => [
      [from, south],
      [to, south],
      [to, north],
      [from, north],
      [from, south],
    ];
    if (west === east) refuse('bbox is west, south, east, north: it has no width.', input);
    // Of a box over the antimeridian the west is greater than the east.
    const spans = west < east ? [[west, east] as const] : [[west, 180] as const, [-180, east] as const];
    const parts = spans.filter(([from, to]) => from < to).map(([from, to]) => [part(from, to)]);
    if (parts.length === 0) refuse('bbox is west, south, east, north: it has no width.', input);
    return drawn(question, { type: 'MultiPolygon', coordinates: parts }, { en: 'the box', fr: 'le cadre' }, input);
  }
  if ('admin' in wanted) {
    const isOfUnits = ({ role, geometry }: PublishedLayer) => role === 'boundaries' && geometry === 'polygon';
    for (const { id } of question.layers.filter(isOfUnits)) {
      const layer = await question.layer(id);
      const rows = await question.run<PlaceRow>(adminQuery(layer, { access: question.access }, wanted.admin));
      if (rows.length > 1) refuse(`"${wanted.admin}" is the name of several units of "${id}": give the P-code.`, input);
      const [row] = rows;
      if (row) return toPlace(row, { en: wanted.admin, fr: wanted.admin });
    }
    return refuse(`No administrative unit is called "${wanted.admin}".`, input);
  }
  const layer = await question.layer(wanted.collection);
  const [row] = await question.run<PlaceRow>(featureQuery(layer, { access: question.access }, wanted.item));
  if (!row) throw new FeatureNotFound(layer.id, String(wanted.item));
  const { en, fr } = layer.title;
  return toPlace(row, { en: `${en}: ${wanted.item}`, fr: `${fr} : ${wanted.item}` });
}
