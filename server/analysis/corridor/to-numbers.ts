import { toQuantity } from '../quantity.ts';
import type { Control } from './control.ts';
import type { Measured } from './measure.ts';
import type { CorridorNumbers } from './numbers.ts';
import { compare, type Rate, rateAlong } from './rates.ts';
import { emptyTally, merge, type Tally, toRecord } from './tally.ts';

/** Metres as kilometres, rounded as numbers of a result are, so that differences of them add up exactly. */
export const toKm = (metres: number): number => toQuantity(metres / 1_000);
/** A difference of rounded kilometres. */
const between = (from: number, to: number) => toQuantity(to - from);

const rateOf = (rate: Rate | undefined) =>
  rate === undefined ? {} : { rate: rate.rate, rate_lower: rate.lower, rate_upper: rate.upper };

/** Metres of a stretch that lie in others, which do not overlap. */
function overlap(from: number, to: number, stretches: readonly (readonly [number, number])[]): number {
  return stretches.reduce((sum, [begins, ends]) => sum + Math.max(0, Math.min(to, ends) - Math.max(from, begins)), 0);
}

/** The events of each bin, of all collections of them. */
function eventsByBin({ found, bins }: Measured): Tally[] {
  const tallies = Array.from({ length: bins.count }, emptyTally);
  for (const { isEvents, counted } of found) {
    if (isEvents) for (const [index, tally] of counted.bins.entries()) merge(tallies[index] as Tally, tally);
  }
  return tallies;
}

const counts = ({ count, byKind, sums }: Tally) => ({ count, by_kind: toRecord(byKind), sums: toRecord(sums) });

function strip(measured: Measured, tallies: readonly Tally[]): CorridorNumbers['strip'] {
  const { line, bins, area, window } = measured;
  return tallies.map((tally, index) => {
    const [from, to] = [index * bins.widthM, Math.min(line.lengthM, (index + 1) * bins.widthM)];
    const insideM = overlap(from, to, area?.stretches ?? []);
    return {
      ...{ from_km: toKm(from), to_km: toKm(to), in_study_area_km: toKm(insideM) },
      ...counts(tally),
      // Of a sliver of a bin no rate can be told.
      ...rateOf(insideM < 1 ? undefined : rateAlong(tally.inArea, insideM, window.months)),
    };
  });
}

function studyArea({ area, corridorM2, total, window }: Measured, inside: number): Pick<CorridorNumbers, 'study_area'> {
  if (!area || corridorM2 === undefined || total === undefined) return {};
  const compared = compare(inside, total.count, { areaM2: area.areaM2, corridorM2 }, window.months);
  const side = (of: 'inside' | 'outside') => {
    const found = compared?.[of];
    return found && { [of]: { events: found.count, area_km2: found.areaM2 / 1e6, ...rateOf(found) } };
  };
  return {
    study_area: {
      ...{ area_km2: area.areaM2 / 1e6, partly_in_window: total.partly },
      ...side('inside'),
      ...side('outside'),
      ...(compared?.ratio === undefined ? {} : { rate_ratio: compared.ratio }),
      ...(compared?.ratioLower === undefined ? {} : { rate_ratio_lower: compared.ratioLower }),
      ...(compared?.ratioUpper === undefined ? {} : { rate_ratio_upper: compared.ratioUpper }),
      ...(compared === undefined ? {} : { p: compared.p }),
    },
  };
}

function controlled({ at, stretches, changes }: Control): NonNullable<CorridorNumbers['control']> {
  const rounded = stretches.map(({ from_km, to_km, state, actors }) => {
    const [from, to] = [toQuantity(from_km), toQuantity(to_km)];
    return { from_km: from, to_km: to, length_km: between(from, to), state, actors: [...actors] };
  });
  const byState = new Map<string, number>();
  for (const { state, length_km } of rounded) byState.set(state, toQuantity((byState.get(state) ?? 0) + length_km));
  return {
    ...(at === undefined ? {} : { at }),
    stretches: rounded,
    by_state: toRecord(byState),
    changes: changes.map(({ at: when, fromKm, toKm: until, before, after }) => ({
      ...{ at: when, from_km: fromKm, to_km: until },
      before: { state: before.state, actors: [...before.actors] },
      after: { state: after.state, actors: [...after.actors] },
    })),
  };
}

/** What was measured as the numbers of the result. */
export function toNumbers(measured: Measured): CorridorNumbers {
  const { line, withinM, bins, window, found, area, control, crossings } = measured;
  const tallies = eventsByBin(measured);
  const whole = emptyTally();
  for (const tally of tallies) merge(whole, tally);
  const insideM = overlap(0, line.lengthM, area?.stretches ?? []);
  return {
    ...{ length_km: toKm(line.lengthM), within_km: toKm(withinM), bin_km: toKm(bins.widthM) },
    ...(window.from === null ? {} : { from: window.from }),
    ...(window.to === null ? {} : { until: window.to }),
    ...(window.months === undefined ? {} : { months: window.months }),
    collections: found.map(({ layer, counted, nearest }) => ({
      ...{ collection: layer.id, count: counted.whole.count, left_out: counted.imprecise, listed: nearest.length },
    })),
    events: {
      ...counts(whole),
      in_study_area: whole.inArea,
      ...rateOf(area && rateAlong(whole.inArea, insideM, window.months)),
    },
    strip: strip(measured, tallies),
    ...(area ? { outside_study_area_km: toKm(Math.max(0, line.lengthM - insideM)) } : {}),
    ...studyArea(measured, whole.inArea),
    ...(control ? { control: controlled(control) } : {}),
    crossings: crossings.map(({ kind, collection, item, name, chainageM }) => ({
      ...{ kind, collection, item, chainage_km: toKm(chainageM) },
      ...(name ? { name } : {}),
    })),
  };
}
