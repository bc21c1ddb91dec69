import { approximate, fewEvents, modelled, mostlyLeftOut, partlyInWindow, tooImprecise } from './caveats.ts';
import { silentBins, withoutRates } from './corridor/caveats.ts';
import { costOf } from './corridor/cost.ts';
import { CorridorInputs } from './corridor/inputs.ts';
import { countsEvents, measure } from './corridor/measure.ts';
import { CorridorNumbers } from './corridor/numbers.ts';
import { toParts } from './corridor/parts.ts';
import { tell } from './corridor/tell.ts';
import { toNumbers } from './corridor/to-numbers.ts';
import { defineProcess } from './process.ts';

export const corridor = defineProcess({
  id: 'corridor',
  title: { en: 'Along a line', fr: 'Le long d’une ligne' },
  description: {
    en: 'What lies within a distance of a line, and where along it: events by bin of chainage with rates and exact intervals, who holds the ground from which km to which, crossings of borders and rivers, and the rate near the line beside that of the rest of the study area. Distances are geodesic. Chainage is that of the nearest place on the line, measured from its start; of several as near, the smallest. Rates are of events and of line in the study area. A month is 365.2425 / 12 days. A stretch that several actors are recorded to hold is an overlap, and contested only where a record says so.',
    fr: 'Ce qui se trouve à une distance donnée d’une ligne, et où le long d’elle : événements par tronçon avec taux et intervalles exacts, qui tient le terrain de tel à tel kilomètre, franchissements de frontières et de cours d’eau, et le taux près de la ligne comparé à celui du reste de la zone d’étude. Les distances sont géodésiques. Le point kilométrique est celui du lieu le plus proche sur la ligne, compté depuis son début ; de plusieurs aussi proches, le plus petit. Les taux portent sur les événements et la ligne dans la zone d’étude. Un mois vaut 365,2425 / 12 jours. Un tronçon que plusieurs acteurs sont réputés tenir est un recouvrement ; il n’est contesté que si une fiche le dit.',
  },
  inputs: CorridorInputs,
  numbers: CorridorNumbers,
  estimate: costOf,
  run: async (question, inputs) => {
    const measured = await measure(question, inputs);
    const numbers = toNumbers(measured);
    const { line, asked, found, withinM } = measured;
    const every = [...(line.layer ? [line.layer] : []), ...asked.map(({ layer }) => layer)];
    const layers = [...new Map(every.map((layer) => [layer.id, layer])).values()];
    const leftOutOf = (some: typeof found) => some.reduce((sum, { counted }) => sum + counted.imprecise, 0);
    const eventsLeftOut = leftOutOf(found.filter(({ isEvents }) => isEvents));
    return {
      numbers,
      parts: toParts(measured, numbers),
      text: tell(measured, numbers),
      caveats: [
        ...modelled(layers),
        ...line.caveats,
        ...approximate(layers),
        ...withoutRates(measured),
        ...partlyInWindow(measured.total?.partly ?? 0),
        ...tooImprecise(leftOutOf(found), withinM),
        ...mostlyLeftOut(eventsLeftOut, numbers.events.count),
        ...(countsEvents(measured) ? fewEvents(numbers.events.count) : []),
        ...silentBins([[measured, numbers]]),
      ],
    };
  },
});
