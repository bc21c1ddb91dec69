import { cellToLatLng } from 'h3-js';
import type { Window } from '../window.ts';
import type { Found } from './find.ts';
import type { HotspotsInputs } from './inputs.ts';
import { isCold, isHot, type Judged, VERDICTS, type Verdict } from './judge.ts';
import type { Listed } from './list-events.ts';
import type { HotHexagon, HotspotsNumbers } from './numbers.ts';

/** Hexagons that are listed in the numbers. */
const MOST = 5_000;

const verdictsOf = (judged: Found['judged']): readonly Verdict[] | undefined =>
  'verdicts' in judged ? judged.verdicts : undefined;

/** Whether a hexagon is hot, or cold, with the imprecise events and without them. */
const holds = (one: Verdict | undefined, other: Verdict | undefined) =>
  (isHot(one) && isHot(other)) || (isCold(one) && isCold(other));

/** The hexagons that are hot, from the highest z on, then the cold from the lowest; of equal ones the first. */
export function significantOf({ judged }: Pick<Found, 'judged'>): number[] {
  if (!('verdicts' in judged)) return [];
  const { z, verdicts } = judged;
  const of = (holds: (verdict: Verdict | undefined) => boolean) =>
    [...verdicts.keys()]
      .filter((place) => holds(verdicts[place]))
      .sort((a, b) => Math.abs(z[b] as number) - Math.abs(z[a] as number) || a - b);
  return [...of(isHot), ...of(isCold)];
}

function survivalOf({ withImprecise, withoutImprecise }: Found): HotspotsNumbers['survival'] {
  const [all, fewer] = [verdictsOf(withImprecise), verdictsOf(withoutImprecise)];
  if (!all || !fewer) return undefined;
  const of = (is: (verdict: Verdict | undefined) => boolean) => ({
    with_imprecise: all.filter(is).length,
    without_imprecise: fewer.filter(is).length,
    survive: all.filter((verdict, place) => is(verdict) && is(fewer[place])).length,
  });
  return { hot: of(isHot), cold: of(isCold) };
}

/** What is said of one hexagon, by its place. */
function hexagonAt(found: Found, judged: Judged, place: number): HotHexagon {
  const { study, values, events, around } = found;
  const all = verdictsOf(found.withImprecise)?.[place] ?? 'not_defined';
  const fewer = verdictsOf(found.withoutImprecise)?.[place] ?? 'not_defined';
  const cell = study.cells[place] as string;
  const [lat, lon] = cellToLatLng(cell);
  return {
    cell,
    lon,
    lat,
    verdict: judged.verdicts[place] as Verdict,
    events: events[place] as number,
    value: values[place] as number,
    around: around[place] as number,
    z: judged.z[place] as number,
    p: judged.p[place] as number,
    p_adjusted: judged.adjusted[place] as number,
    with_imprecise: all,
    without_imprecise: fewer,
    survives: holds(all, fewer),
  };
}

/** Of each hexagon how many records are counted where they lie, whatever is spread. */
const recordsAt = ({ counts }: Found, imprecise: HotspotsInputs['imprecise']) =>
  imprecise === 'exclude' ? counts.events.precise : counts.events.all;

const recordsOf = (listed: readonly Listed[], records = 0) => ({
  listed: listed.map(({ collection, items }) => ({ collection, items: [...items] })),
  more: records - listed.reduce((sum, { items }) => sum + items.length, 0),
});

/** @param listed of the first of the significant ones */
export function toNumbers(
  found: Found,
  { ring, measure, imprecise }: HotspotsInputs,
  { from, to }: Window,
  significant: readonly number[],
  listed: readonly (readonly Listed[])[],
  undrawn: number,
): HotspotsNumbers {
  const { study, counts, judged, values, events, spread } = found;
  const sum = (of: Float64Array) => of.reduce((total, value) => total + value, 0);
  const occupied = counts.events.all.filter((value) => value > 0).length;
  const verdicts = verdictsOf(judged);
  const survival = survivalOf(found);
  const shown = 'verdicts' in judged ? significant.slice(0, MOST) : [];
  return {
    resolution: study.resolution,
    ...(study.recommended && { recommended: study.recommended.because }),
    ring,
    ...(measure === undefined ? {} : { measure }),
    hexagons: study.cells.length,
    area_km2: study.areaKm2,
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    events: {
      counted: sum(events),
      ...{ inside: counts.inside, outside: counts.outside, imprecise: counts.imprecise },
      ...(spread && { spread_away: Math.max(0, spread.count - spread.left - spread.inside), not_spread: spread.left }),
    },
    precise_m: counts.preciseM,
    mean: study.cells.length === 0 ? 0 : sum(values) / study.cells.length,
    occupied,
    ...('notDefined' in judged ? { not_defined: judged.notDefined } : {}),
    ...(verdicts && {
      verdicts: Object.fromEntries(
        VERDICTS.map((each) => [each, verdicts.filter((verdict) => verdict === each).length]),
      ) as Record<Verdict, number>,
    }),
    ...(survival && { survival }),
    significant: shown.map((place, index) => ({
      ...hexagonAt(found, judged as Judged, place),
      ...(index < listed.length
        ? recordsOf(listed[index] as readonly Listed[], recordsAt(found, imprecise)[place])
        : {}),
    })),
    undrawn,
    unlisted: significant.length - shown.length,
  };
}
