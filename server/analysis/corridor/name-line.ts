import type { LineString, MultiLineString } from 'geojson';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { InvalidParameter } from '../../core/errors.ts';
import type { Localized } from '../../core/layer.ts';
import { flowQuery } from '../../query/analysis/corridor/line.ts';
import { adminQuery, type PlaceRow } from '../../query/analysis/place.ts';
import type { Caveat } from '../caveats.ts';
import { findPlace, type Place } from '../place.ts';
import type { Question } from '../question.ts';
import type { LineInput } from './inputs.ts';

/** A line as it was given: its vertices, what it is called, and what must be known of it. */
export interface NamedLine {
  /** Degrees. */
  readonly geometry: object;
  readonly lengthM: number;
  readonly title: Localized;
  readonly caveats: readonly Caveat[];
  /** Of a line that is a record. */
  readonly layer?: PublishedLayer;
}

/** The parts of a line, each a list of vertices. */
export function partsOf(geometry: object): readonly (readonly unknown[])[] {
  const { type, coordinates } = geometry as LineString | MultiLineString;
  return type === 'LineString' ? [coordinates] : coordinates;
}

function refuse(detail: string): never {
  throw new InvalidParameter([{ pointer: '/inputs/line', detail }]);
}

const FLOW: Caveat = {
  code: 'flow',
  text: {
    en: 'The line is a flow, known only by its far ends: nothing says that anything moves under it.',
    fr: 'La ligne est un flux, connu seulement par ses extrémités : rien ne dit que quoi que ce soit circule dessous.',
  },
};

const STRAIGHT: Caveat = {
  code: 'straight',
  text: {
    en: 'The line joins the places by the shortest way over the ground: no road or track is followed.',
    fr: 'La ligne relie les lieux au plus court : elle ne suit ni route ni piste.',
  },
};

function toNamed({ geometry, kind, lengthKm, title }: Place, caveats: readonly Caveat[]): NamedLine {
  if (kind !== 'line') refuse(`It is a ${kind}: a corridor is asked along a line.`);
  return { geometry, lengthM: lengthKm * 1_000, title, caveats };
}

async function positionOf(question: Question, name: string): Promise<PlaceRow> {
  const found: PlaceRow[] = [];
  for (const { id } of question.layers.filter(({ role, geometry }) => role === 'places' && geometry === 'point')) {
    const layer = await question.layer(id);
    found.push(...(await question.run<PlaceRow>(adminQuery(layer, { access: question.access }, name))));
  }
  if (found.length > 1) refuse(`"${name}" is the name of more than one place: draw the line with its position.`);
  return found[0] ?? refuse(`No place is called "${name}".`);
}

async function throughPlaces(question: Question, names: readonly string[]): Promise<NamedLine> {
  const rows: PlaceRow[] = [];
  for (const name of names) rows.push(await positionOf(question, name));
  const coordinates = rows.map(({ geojson }) => (JSON.parse(geojson) as { coordinates: [number, number] }).coordinates);
  const isOnePlace = coordinates.every((place) => place.join() === coordinates[0]?.join());
  if (isOnePlace) refuse('The line has no length: all its points are the same place.');
  const title = {
    en: rows.map(({ name }, index) => name ?? names[index]).join(' – '),
    fr: rows.map(({ name, name_fr }, index) => name_fr ?? name ?? names[index]).join(' – '),
  };
  const line = { geometry: { type: 'LineString', coordinates } as const };
  const { lengthKm } = await findPlace(question, line as { geometry: Place['geometry'] }, 'line');
  return { ...line, lengthM: lengthKm * 1_000, title, caveats: [STRAIGHT] };
}

/** @throws InvalidParameter, LayerNotFound, FeatureNotFound */
export async function nameLine(question: Question, wanted: LineInput, flows: boolean): Promise<NamedLine> {
  if ('places' in wanted) return throughPlaces(question, wanted.places);
  const place = await findPlace(question, wanted, 'line');
  if ('geometry' in wanted) return toNamed(place, []);
  const layer = await question.layer(wanted.collection);
  const query = flowQuery(layer, { access: question.access }, wanted.item);
  const [row] = query ? await question.run<{ is_flow: boolean }>(query) : [];
  const isFlow = row?.is_flow === true;
  if (isFlow && !flows) {
    refuse(
      `"${wanted.item}" is known only by its far ends, and drawn straight between them: it is no route, and what lies under it has nothing to do with it. Ask with "flows": true to measure along it all the same.`,
    );
  }
  return { ...toNamed(place, isFlow ? [FLOW] : []), layer };
}
