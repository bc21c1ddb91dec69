import type { DatedRow } from '../../query/analysis/near-repeat.ts';
import { type LonLats, toGeocentric, toPosition } from '../../stats/geocentric.ts';
import { type Knox, type KnoxUndefined, knox, type NearPairs } from '../../stats/knox.ts';
import { seededRandom } from '../../stats/random.ts';
import { toMetres } from '../bands.ts';
import { drain, inTurns } from '../corridor/turns.ts';
import type { Question } from '../question.ts';
import type { NearRepeatInputs } from './inputs.ts';
import { findNearPairs } from './near-pairs.ts';
import { distancesOf, MAX_PAIRS, tooManyPairs } from './read-events.ts';

/** What was found between events. */
export interface Compared {
  readonly rows: readonly DatedRow[];
  readonly days: Int32Array;
  readonly near: NearPairs;
  readonly found: Knox | KnoxUndefined;
}

/** Says after every hundredth permutation how far it is. */
function* told<Found>({ progress }: Question, all: number, rounds: Generator<number, Found, undefined>) {
  for (;;) {
    const round = rounds.next();
    if (round.done) return round.value;
    if (round.value % 100 === 0)
      progress(0.3 + (0.7 * round.value) / all, { en: 'Permuting the dates', fr: 'Permutation des dates' });
    yield round.value;
  }
}

const toPlaces = (lonLats: LonLats, metres: readonly number[]) => ({
  xyz: toGeocentric(lonLats),
  positions: Array.from(lonLats.lons, (lon, index) => toPosition(lon, lonLats.lats[index] as number)),
  metres,
});

/** Pairs are found when it is their turn: those who wait hold none. @throws AnalysisTooLarge, RequestAborted */
export async function compare(
  question: Question,
  rows: readonly DatedRow[],
  inputs: NearRepeatInputs,
): Promise<Compared> {
  const metres = distancesOf(inputs).map(toMetres);
  const lonLats = {
    lons: Float64Array.from(rows, ([, , lon]) => lon),
    lats: Float64Array.from(rows, ([, , , lat]) => lat),
  };
  const days = Int32Array.from(rows, ([, , , , day]) => day);
  const { permutations, seed } = inputs;
  return inTurns(
    async (pause) => {
      question.progress(0.1, { en: 'Finding pairs', fr: 'Recherche des paires' });
      const near = await drain(findNearPairs(lonLats, metres, MAX_PAIRS), pause);
      if (!near) throw tooManyPairs();
      const found = await drain(
        told(
          question,
          permutations,
          knox(days, near, inputs.days, permutations, seededRandom(seed), toPlaces(lonLats, metres)),
        ),
        pause,
      );
      return { rows, days, near, found };
    },
    { signal: question.signal, kind: 'long' },
  );
}
