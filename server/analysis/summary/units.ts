import { InvalidParameter } from '../../core/errors.ts';
import type { Localized } from '../../core/layer.ts';
import { type UnitRow, type Units, unitsQuery } from '../../query/analysis/summary/units.ts';
import { findPlace, type Place } from '../place.ts';
import type { Question } from '../question.ts';
import { type Selected, select } from '../select.ts';
import { shapeOfCell } from './cells.ts';
import type { SummaryInputs } from './inputs.ts';

/** A unit that is counted by. */
export interface Unit {
  /** How tallies know it: its number, or its H3 cell. */
  readonly key: number | string;
  /** How a reader knows it: P-code or number of the record, H3 cell, or place in the list of areas. */
  readonly id: string;
  readonly title: Localized | undefined;
  readonly areaKm2: number;
  /** Which it shares with earlier units, and has lost to them. */
  readonly cutKm2: number;
  /** GeoJSON, degrees. */
  readonly geojson: string;
}

/** By what it is counted, before anything is. */
export interface Division {
  readonly title: Localized;
  readonly units: Units | { readonly resolution: number };
  readonly titles: readonly Localized[];
  readonly layer: Selected['layer'] | undefined;
}

function refuse(input: string, detail: string): never {
  throw new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);
}

/** The polygon in which it is counted. */
export async function findStudyPlace(question: Question, { place }: SummaryInputs): Promise<Place | undefined> {
  if (!place) return undefined;
  const found = await findPlace(question, place);
  if (found.kind !== 'polygon') refuse('place', 'A summary is made of an area: give a place that is one.');
  return found;
}

async function byAreas(question: Question, areas: NonNullable<SummaryInputs['areas']>): Promise<Division> {
  const places: Place[] = [];
  for (const [index, area] of areas.entries()) {
    const place = await findPlace(question, area, `areas/${index}`);
    if (place.kind !== 'polygon') refuse(`areas/${index}`, 'Counted is by areas: this is none.');
    places.push(place);
  }
  return {
    title: { en: 'the given areas', fr: 'les zones données' },
    units: { of: 'shapes', shapes: places.map(({ geometry }) => geometry) },
    titles: places.map(({ title }) => title),
    layer: undefined,
  };
}

async function byCollection(question: Question, given: SummaryInputs): Promise<Division> {
  const whole = { known_at: given.known_at, mix: true };
  const wanted = { geometry: 'polygon', input: 'units', takesFilter: false } as const;
  const first = question.layers.find(({ role, geometry }) => role === 'boundaries' && geometry === 'polygon');
  const named = given.units ?? first?.id;
  if (named === undefined)
    refuse('units', 'There is no collection of boundaries in service: give units, hexagons or areas.');
  const [selected] = await select(question, [named], whole, wanted);
  const { layer, filter } = selected as Selected;
  return { title: layer.title, units: { of: 'collection', layer, filter }, titles: [], layer };
}

/** @throws InvalidParameter when it is to be counted by several things at once, or by what is no area */
export async function findDivision(question: Question, given: SummaryInputs, place?: Place): Promise<Division> {
  const { units, hexagons, areas } = given;
  const named = Object.entries({ units, hexagons, areas }).filter(([, value]) => value !== undefined);
  if (named.length > 1) refuse(named[1]?.[0] as string, 'Counted is by one thing: give units, or hexagons, or areas.');
  if (hexagons !== undefined) {
    return {
      title: { en: `hexagons of H3 resolution ${hexagons}`, fr: `les hexagones H3 de résolution ${hexagons}` },
      units: { resolution: hexagons },
      titles: [],
      layer: undefined,
    };
  }
  const division = areas ? await byAreas(question, areas) : await byCollection(question, given);
  const within = { ...(division.units as Units), place: place?.geometry };
  return { ...division, units: within };
}

/** Hexagons as units: their numbers are their places in the list, from 1. */
export const toCellUnits = (cells: readonly string[], place: Place | undefined): Units => ({
  ...{ of: 'cells', shapes: cells.map(shapeOfCell) },
  place: place?.geometry,
});

/** The units as they are, with their areas. @param cells of hexagons, by which they are known */
export async function readUnits(
  { run }: Question,
  units: Units,
  { titles }: Pick<Division, 'titles'>,
  cells?: readonly string[],
): Promise<Unit[]> {
  const rows = await run<UnitRow>(unitsQuery(units));
  return rows.map(({ nth, pcode, name, name_fr, item, area_m2, cut_m2, geojson }) => {
    const cell = cells?.[nth - 1];
    const title = name === null ? titles[nth - 1] : { en: name, fr: name_fr ?? name };
    return {
      ...{ key: cell ?? nth, id: cell ?? pcode ?? String(item ?? nth), title },
      ...{ areaKm2: area_m2 / 1e6, cutKm2: cut_m2 / 1e6, geojson },
    };
  });
}
