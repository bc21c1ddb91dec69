import type { Feature, Geometry } from 'geojson';
import type { Field } from '../../core/layer.ts';
import { type Change, type ChangeRow, changesQuery } from '../../query/analysis/timeline/changes.ts';
import type { Claims } from '../../query/analysis/timeline/claim.ts';
import type { DrawnGeometry } from '../geometry.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { Question } from '../question.ts';
import { toInstant } from './day.ts';
import type { TimelineNumbersIn } from './numbers.ts';

type Compared = NonNullable<TimelineNumbersIn['compare']>;

export interface Comparison {
  readonly numbers: Compared;
  readonly part: Part;
}

/** By change, km2 as they are told; the sums are made of these, so that they add up as they stand. */
function areasOf(rows: readonly ChangeRow[]) {
  const km2 = (change: Change) => toQuantity((rows.find((row) => row.change === change)?.area_m2 ?? 0) / 1e6);
  const [kept, gained, lost] = [km2('kept'), km2('gained'), km2('lost')];
  return {
    before_km2: toQuantity(kept + lost),
    after_km2: toQuantity(kept + gained),
    kept_km2: kept,
    gained_km2: gained,
    lost_km2: lost,
    no_longer_recorded_km2: km2('no_longer_recorded'),
    newly_contested_km2: km2('newly_contested'),
    km2,
  };
}

const TITLES: Record<Change, { en: string; fr: string }> = {
  kept: { en: 'kept', fr: 'conservé' },
  gained: { en: 'gained', fr: 'gagné' },
  lost: { en: 'lost', fr: 'perdu' },
  no_longer_recorded: { en: 'no longer recorded', fr: 'plus renseigné' },
  newly_contested: { en: 'newly contested', fr: 'nouvellement contesté' },
  shared_before: { en: 'several actors before', fr: 'plusieurs acteurs avant' },
  shared_after: { en: 'several actors after', fr: 'plusieurs acteurs après' },
};

const FIELDS: readonly Field[] = [
  { name: 'actor', type: 'string', title: { en: 'Actor', fr: 'Acteur' }, tile: true },
  {
    ...{ name: 'change', type: 'string', title: { en: 'Change', fr: 'Changement' }, tile: true },
    values: (['kept', 'gained', 'lost', 'no_longer_recorded', 'newly_contested'] as const).map((value) => ({
      value,
      title: TITLES[value],
    })),
  },
  { name: 'area_km2', type: 'number', title: { en: 'Area', fr: 'Superficie' }, unit: 'km2', tile: false },
  { name: 'first_date', type: 'string', title: { en: 'First date', fr: 'Première date' }, tile: false },
  { name: 'second_date', type: 'string', title: { en: 'Second date', fr: 'Seconde date' }, tile: false },
];

function toFeature({ actor, change, area_m2, geojson }: ChangeRow, [first, second]: Compared['dates']): Feature[] {
  const geometry = JSON.parse(geojson ?? 'null') as (Geometry & { coordinates: unknown[] }) | null;
  // Less than the grid is wide: counted, but nothing that could be drawn.
  if (!geometry || geometry.coordinates.length === 0) return [];
  const properties = { actor, change, area_km2: toQuantity(area_m2 / 1e6), first_date: first, second_date: second };
  return [{ type: 'Feature', geometry, properties }];
}

/** What changed between two moments, as they were written; inside an area if one is given. */
export async function compareDates(
  { run }: Question,
  claims: readonly Claims[],
  dates: Compared['dates'],
  area: DrawnGeometry | undefined,
): Promise<Comparison> {
  const rows = await run<ChangeRow>(changesQuery(claims, [toInstant(dates[0]), toInstant(dates[1])], area));
  const ofActors = rows.filter((row) => !row.is_of_all);
  const actors = [...new Set(ofActors.map(({ actor }) => actor))].map((actor) => {
    const { km2: _, ...areas } = areasOf(ofActors.filter((row) => row.actor === actor));
    return { ...(actor === null ? {} : { actor }), ...areas };
  });
  const { km2, ...all } = areasOf(rows.filter((row) => row.is_of_all));
  const shared = { shared_before_km2: km2('shared_before'), shared_after_km2: km2('shared_after') };
  return {
    numbers: { dates, actors, all: { ...all, ...shared } },
    part: {
      id: 'changes',
      title: { en: 'What changed', fr: 'Ce qui a changé' },
      geometry: 'polygon',
      fields: FIELDS,
      features: ofActors.flatMap((row) => toFeature(row, dates)),
    },
  };
}
