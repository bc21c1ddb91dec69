import type { Position } from 'geojson';
import { simplifyArc } from './clip.ts';
import { COUNTRIES, MALI, NEIGHBOURS } from './country-names.ts';
import type { PackageReader } from './packages.ts';
import { arcIndexes, decodeTopology } from './topology.ts';

/** Outlines of the countries in the box: shared arcs, and per country (by ISO code) the arcs around it. */
export interface World {
  arcs: Position[][];
  countries: Map<string, number[]>;
  /** The ceasefire line of 1991 through Western Sahara: an arc inside one territory. */
  berm: number;
}

/** The parallel of 27°40' N, where Western Sahara begins on the maps of the United Nations. */
const WESTERN_SAHARA_NORTH = 27 + 40 / 60;

/** Degrees by which outlines far from Mali may be simplified. */
const COARSE = 0.008;

/** Reads Natural Earth's countries at 1:10 million and redraws what this map shows differently. */
export function readWorld(read: PackageReader): World {
  const { arcs, geometries } = decodeTopology(read('world-atlas', 'countries-10m.json'), 'countries');
  const countries = new Map<string, number[]>();
  for (const { iso, numeric } of COUNTRIES) {
    const geometry = geometries.find((candidate) => candidate.id === numeric);
    if (!geometry) throw new Error(`world-atlas has no country ${numeric} (${iso})`);
    countries.set(iso, arcIndexes(geometry.arcs));
  }
  const world = { arcs, countries, berm: redrawWesternSahara(arcs, countries) };
  const near = new Set([MALI, ...NEIGHBOURS].flatMap(({ iso }) => (countries.get(iso) ?? []).map(undirected)));
  world.arcs = arcs.map((arc, index) => simplifyArc(arc, near.has(index) ? 0 : COARSE));
  return world;
}

export const undirected = (index: number): number => (index < 0 ? ~index : index);

/**
 * Natural Earth draws who holds what: Morocco down to the berm, and "Western Sahara" only east of it. The United Nations
 * list the whole as a non-self-governing territory that begins at 27°40' N. So the arc of Morocco's coast is cut at that
 * parallel, a straight arc runs from there to the berm, and what lies south goes to Western Sahara. Both lines are
 * `disputed`. Changes `arcs` and `countries`; returns the arc of the berm.
 */
function redrawWesternSahara(arcs: Position[][], countries: Map<string, number[]>): number {
  const morocco = countries.get('MA') ?? [];
  const sahara = countries.get('EH') ?? [];
  const shared = morocco.find((index) => sahara.includes(~index));
  const coast = morocco.find((index) => crosses(arcs[index] ?? []) && index !== shared);
  if (shared === undefined || shared < 0 || coast === undefined || coast < 0)
    throw new Error('Morocco and Western Sahara are not drawn as expected');

  // The berm's arc begins on the parallel, where the two countries part for good, and then turns south.
  const line = arcs[shared] ?? [];
  const turn = line.findIndex(([, y = 0]) => y < WESTERN_SAHARA_NORTH - 0.01) - 2;
  const [parallelEast, berm] = cut(arcs, shared, turn);
  const shore = arcs[coast] ?? [];
  const north = shore.findIndex(([, y = 0]) => y > WESTERN_SAHARA_NORTH);
  const [ax = 0, ay = 0] = shore[north - 1] ?? [];
  const [bx = 0, by = 0] = shore[north] ?? [];
  const x = ax + ((bx - ax) * (WESTERN_SAHARA_NORTH - ay)) / (by - ay);
  shore.splice(north, 0, [x, WESTERN_SAHARA_NORTH]);
  const [coastSouth, coastNorth] = cut(arcs, coast, north);
  const parallelWest = arcs.push([arcs[berm]?.[0] ?? [], [x, WESTERN_SAHARA_NORTH]]) - 1;

  countries.set('MA', [
    ...morocco.filter((index) => index !== shared && index !== coast),
    coastNorth,
    parallelEast,
    parallelWest,
  ]);
  countries.set('EH', [...sahara.filter((index) => index !== ~shared), coastSouth, ~parallelWest, ~parallelEast]);
  return berm;
}

function crosses(arc: readonly Position[]): boolean {
  const north = arc.filter(([, y = 0]) => y > WESTERN_SAHARA_NORTH).length;
  const atlantic = arc.every(([x = 0]) => x < -5);
  return atlantic && north > 0 && north < arc.length;
}

/** Cuts an arc in two at one of its points; both parts are new arcs. */
function cut(arcs: Position[][], index: number, at: number): [number, number] {
  const arc = arcs[index] ?? [];
  if (at < 1 || at >= arc.length - 1) throw new Error(`arc ${index} cannot be cut at ${at}`);
  return [arcs.push(arc.slice(0, at + 1)) - 1, arcs.push(arc.slice(at)) - 1];
}
