import { countPartly } from './count-partly.ts';
import { caveatsOf } from './near-repeat/caveats.ts';
import { compare } from './near-repeat/compare.ts';
import { NearRepeatInputs } from './near-repeat/inputs.ts';
import { NearRepeatNumbers } from './near-repeat/numbers.ts';
import { toPart } from './near-repeat/part.ts';
import { costOf, findEvents, knownOf, readEvents } from './near-repeat/read-events.ts';
import { tell } from './near-repeat/tell.ts';
import { toNumbers } from './near-repeat/to-numbers.ts';
import { defineProcess } from './process.ts';

export const nearRepeat = defineProcess({
  id: 'near-repeat',
  title: { en: 'Near repeats', fr: 'Répétitions proches' },
  description: {
    en: 'Whether events that are near one another in space are near in time too, more often than if dates and places had nothing to do with one another (Knox 1964): for each band of distance and band of time the pairs seen, those expected (N_S N_T / pairs), their ratio, and p from seeded permutations of the dates, (M + 1) / (R + 1), adjusted for the number of bands (Benjamini & Hochberg 1995). Bands are half-open: 7 days belong to [7, 14). Distances are geodesic; the day of an event is the UTC day on which it began. An event that is known to a span longer than the narrowest band of time, or not known to within the narrowest band of distance, is left out and counted; the latter may be included.',
    fr: 'Si les événements proches dans l’espace le sont aussi dans le temps, plus souvent que si dates et lieux étaient sans rapport (Knox 1964) : pour chaque tranche de distance et de temps, les paires observées, celles attendues (N_S N_T / paires), leur rapport, et p d’après des permutations des dates à graine fixée, (M + 1) / (R + 1), ajusté au nombre de tranches (Benjamini & Hochberg 1995). Les tranches sont semi-ouvertes : 7 jours relèvent de [7 ; 14[. Les distances sont géodésiques ; le jour d’un événement est le jour UTC où il a commencé. Un événement connu à une période plus longue que la plus étroite tranche de temps, ou dont la position n’est pas connue à la largeur de la plus étroite tranche de distance près, est écarté et compté ; ces derniers peuvent être inclus.',
  },
  inputs: NearRepeatInputs,
  numbers: NearRepeatNumbers,
  estimate: costOf,
  run: async (question, inputs) => {
    const selected = await findEvents(question, inputs);
    const known = knownOf(inputs);
    const events = await readEvents(question, selected, known);
    const compared = await compare(question, events.rows, inputs);
    const { numbers, repeats } = toNumbers(events, compared, inputs);
    return {
      numbers,
      parts: [toPart(selected, compared, repeats, inputs.limit)],
      text: tell(numbers),
      caveats: caveatsOf(selected, numbers, known, {
        included: events.included,
        partly: await countPartly(question, selected),
      }),
    };
  },
});
