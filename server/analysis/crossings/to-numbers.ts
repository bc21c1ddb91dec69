import { addedUp } from '../shares.ts';
import type { CellNumbers, CrossingsNumbers } from './numbers.ts';
import type { Site } from './sites.ts';
import { toCells, type Walk, type Walked } from './walk.ts';

/** What is found at one instant. */
export interface Found {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly walk: Walk;
  readonly sites: readonly Site[];
}

interface Whole {
  readonly km: number;
  readonly cells: CellNumbers;
}

/** Lengths to the metre, their sum, and the share of each in it. */
function toWhole(corridors: readonly Walked[]): Whole {
  const cells = toCells(corridors.map(({ line }) => line));
  const km = cells.reduce((sum, cell) => sum + cell.km, 0);
  const shares = cells.map((cell) => ({ ...cell, ...mutable(cell), share: km === 0 ? 0 : cell.km / km }));
  // Of ways that are shorter together than a metre there is no whole to be shared.
  return { km, cells: km === 0 ? shares : addedUp(shares) };
}

const mutable = ({ actors, areas }: { readonly actors: readonly string[]; readonly areas: readonly string[] }) => ({
  ...{ actors: [...actors], areas: [...areas] },
});

function byCommodity(corridors: readonly Walked[]) {
  const commodities = [...new Set(corridors.map(({ commodity }) => commodity ?? ''))].sort();
  return commodities.map((commodity) => {
    const own = corridors.filter((each) => (each.commodity ?? '') === commodity);
    return { commodity, corridors: own.length, ...toWhole(own) };
  });
}

const toCorridor = (walked: Walked) => {
  const { collection, item, record, commodity, precision_m } = walked;
  return { ...{ collection, item, record, precision_m }, commodity: commodity ?? '', ...toWhole([walked]) };
};

function toSite(site: Site): CrossingsNumbers['dates'][number]['sites'][number] {
  const { collection, item, record, name, kind, state, since, isUncertain, orActors } = site;
  return {
    ...{ collection, item, record, state, ...mutable(site) },
    ...(name === null ? {} : { name }),
    ...(kind === null ? {} : { kind }),
    ...(since === undefined ? {} : { since }),
    certainty: isUncertain ? 'uncertain' : 'certain',
    or_actors: [...orActors],
  };
}

export function toNumbers(found: readonly Found[]): CrossingsNumbers {
  return {
    dates: found.map(({ at, walk, sites }) => {
      const { km, cells } = toWhole(walk.corridors);
      return {
        ...{ at, km, flows_left_out: walk.flows, total: cells },
        by_commodity: byCommodity(walk.corridors),
        corridors: walk.corridors.map(toCorridor),
        sites: sites.map(toSite),
      };
    }),
  };
}
