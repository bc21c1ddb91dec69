import type { Caveat } from '../caveats.ts';
import { count } from '../words.ts';

/** What lasts is still there one step later: the test was not made for that. */
export const LASTS: Caveat = {
  code: 'lasts',
  text: {
    en: 'What lasts is there from one step to the next, so that steps are not independent: p is far too small, and says little. Read the series and the slope.',
    fr: 'Ce qui dure est encore là à la période suivante, et les périodes ne sont pas indépendantes : p est beaucoup trop petit et dit peu. Lisez la série et la pente.',
  },
};

/** Of records whose dates are known less well than a step. */
export function roughDates(rough: number): Caveat[] {
  if (rough === 0) return [];
  return [
    {
      code: 'rough-dates',
      text: {
        en: `Of ${count('en', rough, 'record', 'records')} in force the dates are known less well than a step: when ${rough === 1 ? 'it begins or ends' : 'they begin or end'} is as written.`,
        fr: `Les dates de ${count('fr', rough, 'fiche en vigueur sont connues', 'fiches en vigueur sont connues')} moins bien qu’à une période près : leur début et leur fin sont pris tels qu’écrits.`,
      },
    },
  ];
}
