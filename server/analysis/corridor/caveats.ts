import type { Caveat } from '../caveats.ts';
import { countsEvents, type Measured } from './measure.ts';

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
