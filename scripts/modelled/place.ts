import { booleanPointInPolygon } from '@turf/turf';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import type { Planned } from './plan.ts';
import type { Random } from './random.ts';
import { TOWNS, type Town } from './towns.ts';
import { at, type Zone } from './vocabulary.ts';

type Area = Feature<Polygon | MultiPolygon, { readonly name: string }>;

/** Where attacks may be placed: the shipped regions of all countries, and Mali as the map draws it. */
export interface Ground {
  readonly regions: readonly Area[];
  readonly mali: Area;
}

/** Position in degrees (lon, lat; EPSG:4326) inside the region named. */
export interface Placed {
  readonly region: string;
  readonly lon: number;
  readonly lat: number;
}

/** No attack is placed farther from its town; also what the records state as their precision. */
export const SPREAD_LIMIT_M = 40_000;
const METRES_PER_DEGREE = 111_320;
const NORTH = new Set(['Kidal', 'Gao', 'Timbuktu']);

/** Typical distance from the town in metres: what aims at a camp falls near it. */
function spreadOf({ target, kind }: Planned): number {
  if (target !== 'minusma') return 13_000;
  return kind === 'indirect_fire' || kind === 'complex' ? 4_000 : 15_000;
}

/** In this region alone and in Mali: the outlines come from two sources, and neighbours may overlap. */
function isWithin(lon: number, lat: number, name: string, { regions, mali }: Ground): boolean {
  const holds = (area: Area) => booleanPointInPolygon([lon, lat], area);
  const found = regions.filter(holds);
  return found.length === 1 && found[0]?.properties.name === name && holds(mali);
}

/** A position around a town, drawn until it lies inside the town's region. */
function around(town: Town, spread: number, ground: Ground, random: Random): Placed {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    // The spread varies from one attack to the next: dense near the town with a long tail, no visible disc.
    const scale = spread * Math.exp(0.5 * random.normal());
    const [east, north] = [scale * random.normal(), scale * random.normal()];
    const lat = Number((town.lat + north / METRES_PER_DEGREE).toFixed(3));
    const lon = Number((town.lon + east / (METRES_PER_DEGREE * Math.cos((town.lat * Math.PI) / 180))).toFixed(3));
    if (Math.hypot(east, north) > SPREAD_LIMIT_M - 100) continue;
    if (isWithin(lon, lat, town.region, ground)) return { region: town.region, lon, lat };
  }
  throw new Error(`no position around ${town.name} lies in ${town.region}: has the region's outline changed?`);
}

/** A place for every planned attack, in the same order. `centre` names the regions of the zone of that name. */
export function place(
  planned: readonly Planned[],
  ground: Ground,
  centre: readonly string[],
  random: Random,
): Placed[] {
  const zoneOf = ({ region }: Town): Zone =>
    centre.includes(region) ? 'centre' : NORTH.has(region) ? 'north' : 'south';
  return planned.map((attack) => {
    const towns = TOWNS.filter((town) => zoneOf(town) === attack.zone);
    const weights = towns.map((town) => {
      const course = attack.target === 'minusma' ? town.mission : town.weight;
      return course ? at(course, attack.year) : 0;
    });
    return around(towns[random.pick(weights)] as Town, spreadOf(attack), ground, random);
  });
}
