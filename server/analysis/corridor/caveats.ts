import type { Caveat } from '../caveats.ts';
import { isNarrowed, notCalm } from '../reporting.ts';
import { countsEvents, type Measured } from './measure.ts';
import type { CorridorNumbers } from './numbers.ts';

/** Why there are no rates, where there are none. */
export function withoutRates(measured: Measured): Caveat[] {
  const { window, area } = measured;
  if (!countsEvents(measured) || (window.months !== undefined && area)) return [];
  const why =
    window.months === undefined
      ? { en: 'the window has no beginning or no end', fr: 'la période n’a pas de début ou pas de fin' }
      : { en: 'nothing says where events are recorded', fr: 'rien ne dit où les événements sont enregistrés' };
  return [
    {
      code: 'no-rate',
      text: { en: `No rate is given: ${why.en}.`, fr: `Aucun taux n’est donné : ${why.fr}.` },
    },
  ];
}

/**
 * In how many bins with a rate, of all the lines together, no event at all was reported, precise enough or not.
 * @param lines each with its numbers
 */
export function silentBins(lines: readonly (readonly [Measured, CorridorNumbers])[]): Caveat[] {
  const silences = lines.flatMap(([{ found }, { strip }]) => {
    const events = found.filter(({ isEvents }) => isEvents);
    const rated = strip.flatMap(({ rate }, bin) => (rate === undefined ? [] : [bin]));
    return rated.map((bin) => !events.some(({ counted }) => counted.reported[bin]));
  });
  const asked = lines.flatMap(([{ found }]) => found.filter(({ isEvents }) => isEvents));
  const silent = silences.filter((isSilent) => isSilent).length;
  return notCalm([{ of: 'bin', all: silences.length, silent }], isNarrowed(asked));
}
