import { adjustedP } from '../../stats/benjamini-hochberg.ts';
import type { Knox } from '../../stats/knox.ts';
import { bandInWords, bandOf, bandsOf } from '../bands.ts';
import type { Compared } from './compare.ts';
import type { NearRepeatInputs } from './inputs.ts';
import { type BandNumbers, FEW_PAIRS, type Numbers } from './numbers.ts';
import { distancesOf, type Events } from './read-events.ts';

export const ALPHA = 0.05;

const KM = { en: 'km', fr: 'km' };
const DAYS = { en: 'days', fr: 'jours' };
const dayOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

function verdictOf(observed: number, adjusted: number): BandNumbers['verdict'] {
  if (observed < FEW_PAIRS) return 'too-few';
  return adjusted <= ALPHA ? 'more' : 'not-more';
}

function toBands({ observed, expected, p }: Knox, inputs: NearRepeatInputs): BandNumbers[] {
  const adjusted = adjustedP(p);
  const times = bandsOf(inputs.days);
  return bandsOf(distancesOf(inputs)).flatMap((distance, space) =>
    times.map((time, index) => {
      const place = space * times.length + index;
      const [seen, hoped] = [observed[place] as number, expected[place] as number];
      return {
        distance: bandInWords(distance, KM),
        time: bandInWords(time, DAYS),
        ...{ from_km: distance.from, to_km: distance.to, from_days: time.from, to_days: time.to },
        observed: seen,
        expected: hoped,
        ...(hoped > 0 ? { ratio: seen / hoped } : {}),
        p: p[place] as number,
        p_adjusted: adjusted[place] as number,
        verdict: verdictOf(seen, adjusted[place] as number),
      };
    }),
  );
}

/** Of each event, how many of its pairs lie in bands that have more than expected. */
export function repeatsOf(
  { days, near }: Compared,
  bands: readonly BandNumbers[],
  inputs: NearRepeatInputs,
): Int32Array {
  const repeats = new Int32Array(days.length);
  const times = inputs.days.length - 1;
  for (let event = 0; event < days.length; event += 1) {
    for (let pair = near.offsets[event] as number; pair < (near.offsets[event + 1] as number); pair += 1) {
      const other = near.members[pair] as number;
      const time = bandOf(inputs.days, Math.abs((days[event] as number) - (days[other] as number)));
      if (time < 0 || bands[(near.bands[pair] as number) * times + time]?.verdict !== 'more') continue;
      repeats[event] = (repeats[event] as number) + 1;
      repeats[other] = (repeats[other] as number) + 1;
    }
  }
  return repeats;
}

export function toNumbers(
  { leftOut }: Events,
  compared: Compared,
  inputs: NearRepeatInputs,
): { readonly numbers: Numbers; readonly repeats: Int32Array } {
  const { days, found } = compared;
  const pairs = Math.max(0, (days.length * (days.length - 1)) / 2);
  const sorted = days.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  const bands = 'notDefined' in found ? [] : toBands(found, inputs);
  const repeats = repeatsOf(compared, bands, inputs);
  const repeating = repeats.reduce((sum, each) => sum + (each > 0 ? 1 : 0), 0);
  const numbers: Numbers = {
    events: days.length,
    ...(first === undefined || last === undefined ? {} : { first_day: dayOf(first), last_day: dayOf(last) }),
    left_out: leftOut,
    pairs,
    pairs_outside: pairs - bands.reduce((sum, { observed }) => sum + observed, 0),
    permutations: inputs.permutations,
    ...('notDefined' in found ? { not_defined: found.notDefined } : {}),
    bands,
    events_with_repeats: repeating,
    listed: Math.min(inputs.limit, repeating),
  };
  return { numbers, repeats };
}
