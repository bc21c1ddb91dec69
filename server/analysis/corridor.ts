import { approximate, fewEvents, modelled, tooImprecise } from './caveats.ts';
import { withoutRates } from './corridor/caveats.ts';
import { CorridorInputs } from './corridor/inputs.ts';
import { countsEvents, measure } from './corridor/measure.ts';
import { CorridorNumbers } from './corridor/numbers.ts';
import { toParts } from './corridor/parts.ts';
import { tell } from './corridor/tell.ts';
import { toNumbers } from './corridor/to-numbers.ts';
import { defineProcess } from './process.ts';
import type { Question } from './question.ts';

/** Measured on one processor: records looked at in a second, and what every question takes. */
const PER_SECOND = 500_000;
const SECONDS = 0.2;

/** The collections that would be asked: named ones, or those in service by their role. */
function recordsOf({ layers }: Question, { events, layers: beside }: CorridorInputs): number {
  const ids = [...(events ?? []), ...(beside ?? [])].map((each) => (typeof each === 'string' ? each : each.collection));
  const usual = (role: string) =>
    (events === undefined && role === 'events') || (beside === undefined && ['sites', 'places'].includes(role));
  return layers
    .filter(({ id, role, nature }) => ids.includes(id) || (nature !== 'modelled' && usual(role)))
    .reduce((sum, { count }) => sum + count, 0);
}

export const corridor = defineProcess({
  id: 'corridor',
  title: { en: 'Along a line', fr: 'Le long d’une ligne' },
  description: {
    en: 'What lies within a distance of a line, and where along it: events by bin of chainage with rates and exact intervals, who holds the ground from which km to which, crossings of borders and rivers, and the rate near the line beside that of the rest of the study area. Distances are geodesic. Chainage is that of the nearest place on the line, measured from its start; of several as near, the smallest. Rates are of events and of line in the study area. A month is 365.2425 / 12 days. A stretch that several actors are recorded to hold is an overlap, and contested only where a record says so.',
    fr: 'Ce qui se trouve à une distance donnée d’une ligne, et où le long d’elle : événements par tronçon avec taux et intervalles exacts, qui tient le terrain de tel à tel kilomètre, franchissements de frontières et de cours d’eau, et le taux près de la ligne comparé à celui du reste de la zone d’étude. Les distances sont géodésiques. Le point kilométrique est celui du lieu le plus proche sur la ligne, compté depuis son début ; de plusieurs aussi proches, le plus petit. Les taux portent sur les événements et la ligne dans la zone d’étude. Un mois vaut 365,2425 / 12 jours. Un tronçon que plusieurs acteurs sont réputés tenir est un recouvrement ; il n’est contesté que si une fiche le dit.',
  },
  inputs: CorridorInputs,
  numbers: CorridorNumbers,
  estimate: async (question, inputs) => {
    const comparisons = recordsOf(question, inputs);
    return { comparisons, seconds: SECONDS + comparisons / PER_SECOND };
  },
  run: async (question, inputs) => {
    const measured = await measure(question, inputs);
    const numbers = toNumbers(measured);
    const { line, asked, found, withinM } = measured;
    const every = [...(line.layer ? [line.layer] : []), ...asked.map(({ layer }) => layer)];
    const layers = [...new Map(every.map((layer) => [layer.id, layer])).values()];
    const leftOut = found.reduce((sum, { counted }) => sum + counted.imprecise, 0);
    return {
      numbers,
      parts: toParts(measured, numbers),
      text: tell(measured, numbers),
      caveats: [
        ...modelled(layers),
        ...line.caveats,
        ...approximate(layers),
        ...withoutRates(measured),
        ...tooImprecise(leftOut, withinM),
        ...(countsEvents(measured) ? fewEvents(numbers.events.count) : []),
      ],
    };
  },
});
