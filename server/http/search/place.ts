import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Named } from '../../core/name-index.ts';
import type { NameRow } from '../../query/search-names.ts';

/** What a search finds: the records of one name at one place. */
export interface Place extends Named {
  readonly layer: PublishedLayer;
  readonly row: NameRow;
}

/** From 0 to 1, where a record says nothing of its own weight. */
const OF_ROLE: Readonly<Record<PublishedLayer['role'], number>> = {
  places: 0.5,
  boundaries: 0.7,
  sites: 0.45,
  control: 0.35,
  corridors: 0.3,
  rivers: 0.4,
  roads: 0.3,
  materiel: 0.2,
  events: 0.2,
};

/** A town of ten million counts 0.95, one of a thousand 0.55. */
const byPopulation = (people: number) => Math.min(0.95, 0.25 + Math.log10(Math.max(1, people)) / 10);
/** Rank 1 counts 1, rank 4 0.55. */
const byRank = (rank: number) => Math.max(0.3, 1.15 - rank * 0.15);

function importanceOf({ role }: PublishedLayer, { rank, population }: NameRow): number {
  if (population !== null && population > 0) return byPopulation(population);
  return rank === null ? OF_ROLE[role] : Math.min(byRank(rank), role === 'places' ? 1 : 0.9);
}

const isText = (value: string | null): value is string => value !== null && value !== '';

export function toPlace(layer: PublishedLayer, row: NameRow): Place {
  const others = row.others.filter(isText).flatMap((texts) => texts.split(/\s*[;|]\s*/));
  return {
    ...{ layer, row },
    names: [row.name, row.name_fr, row.to_name, ...others].filter(isText),
    codes: row.codes.filter(isText),
    importance: importanceOf(layer, row),
  };
}
