import { approximate, modelled } from './caveats.ts';
import { compareReports } from './corroborate/compare.ts';
import { CorroborateInputs } from './corroborate/inputs.ts';
import { CorroborateNumbers } from './corroborate/numbers.ts';
import { toParts } from './corroborate/parts.ts';
import { estimateCorroborate } from './corroborate/reports.ts';
import { tell, toReview } from './corroborate/tell.ts';
import { toNumbers } from './corroborate/to-numbers.ts';
import { selectPlacedEvents } from './placed-events.ts';
import { defineProcess } from './process.ts';

export const corroborate = defineProcess({
  id: 'corroborate',
  title: { en: 'Several reports of one event', fr: 'Plusieurs signalements d’un même événement' },
  description: {
    en: 'Reports of one event in several sources and collections, found by place (as near as the precision of both allows), time (as the dates are known), kind and casualties. Each pair is scored by visible weights; pairs that score enough are suggested to be one event, which is then counted once with all its sources. Reports of one collection with a source in common stay apart unless asked. Suggestions are to be reviewed by a person, whose decisions are sent back, obeyed and kept in the receipt.',
    fr: 'Signalements d’un même événement dans plusieurs sources et collections, rapprochés par le lieu (selon la précision des deux), la date (selon ce qui en est connu), la nature et les victimes. Chaque paire reçoit un score aux pondérations visibles ; les paires qui l’atteignent sont proposées comme un seul événement, compté une fois avec toutes ses sources. Les signalements d’une même collection ayant une source commune restent séparés, sauf demande. Les suggestions sont à vérifier par une personne, dont les décisions sont renvoyées, respectées et conservées dans le reçu.',
  },
  inputs: CorroborateInputs,
  numbers: CorroborateNumbers,
  estimate: estimateCorroborate,
  run: async (question, inputs) => {
    const { selected } = await selectPlacedEvents(question, inputs);
    const compared = await compareReports(question, inputs, selected);
    const numbers = toNumbers(inputs, selected, compared);
    const layers = selected.map(({ layer }) => layer);
    return {
      numbers,
      parts: toParts(compared),
      text: tell(inputs, numbers),
      caveats: [...modelled(layers), ...toReview(numbers), ...approximate(layers)],
    };
  },
});
