import { InvalidParameter } from '../core/errors.ts';
import { beyondCeiling } from './beyond-ceiling.ts';
import { partlyInWindow } from './caveats.ts';
import { countPartly } from './count-partly.ts';
import type { Place } from './place.ts';
import { defineProcess } from './process.ts';
import type { Question } from './question.ts';
import { type Selected, select } from './select.ts';
import { within } from './select-events.ts';
import { type TimeStep, toSteps } from './steps.ts';
import { caveatsOf } from './summary/caveats.ts';
import { costOf } from './summary/cost.ts';
import { SummaryInputs } from './summary/inputs.ts';
import { measure } from './summary/measure.ts';
import { SummaryNumbers } from './summary/numbers.ts';
import { toPart } from './summary/part.ts';
import { isEvents } from './summary/tally.ts';
import { tell } from './summary/tell.ts';
import { toNumbers } from './summary/to-numbers.ts';
import { findDivision, findStudyPlace } from './summary/units.ts';
import { windowOf } from './window.ts';

async function selectLayers(question: Question, given: SummaryInputs, place?: Place): Promise<readonly Selected[]> {
  const wanted = { input: 'layers', takesFilter: true } as const;
  // Any collection may be named; none named are those of events.
  const selected = await select(
    question,
    given.layers,
    given,
    given.layers ? wanted : { ...wanted, roles: ['events'] },
  );
  if (selected.length === 0) {
    const detail = 'There is no collection of events in service: name the layers that are to be counted.';
    throw new InvalidParameter([{ pointer: '/inputs/layers', detail }]);
  }
  return within(selected, place);
}

function stepsOf({ step }: SummaryInputs, selected: readonly Selected[]): TimeStep[] {
  if (step === undefined) return [];
  return toSteps(windowOf(selected.filter(isEvents)), step);
}

export const summary = defineProcess({
  id: 'summary',
  title: { en: 'Counts, sums, rates and series by unit', fr: 'Nombres, sommes, taux et séries par unité' },
  description: {
    en: 'Counts points, measures lines in km and polygons in km2 (geodesic, WGS 84), by administrative units, hexagons or given areas. What lies on a shared outline, or where units overlap, belongs to the first unit in the order of their numbers, so that the units and what lies in none make the whole. Events have rates per 1,000 km2 and average month (365.2425 / 12 days) with their exact 95 % interval (Garwood 1936), over the window asked, or else from the first to the last day of their collection; what lasts (mines, areas of control) is counted when it is valid at any time in the window, and has no rate and no series. A step that the window cuts is marked and not compared. Of hexagons those are listed in which something lies; a place cuts them, and then points are counted by the outlines that are left, else by the H3 cell of their record. An answer has at most about 100,000 numbers.',
    fr: 'Compte les points, mesure les lignes en km et les polygones en km² (géodésique, WGS 84), par unité administrative, hexagone ou zone donnée. Ce qui se trouve sur une limite commune, ou là où des unités se recouvrent, revient à la première dans l’ordre des numéros : les unités et ce qui n’est dans aucune forment le tout. Les événements ont un taux par 1 000 km² et mois moyen (365,2425 / 12 jours) avec son intervalle exact à 95 % (Garwood 1936), sur la fenêtre demandée ou, à défaut, du premier au dernier jour de leur collection ; ce qui dure (mines, zones de contrôle) est compté s’il est valable à un moment de la fenêtre, sans taux ni série. Une période coupée par la fenêtre est signalée et n’est pas comparée. Parmi les hexagones figurent ceux où se trouve quelque chose ; un lieu les découpe, et les points se comptent alors d’après les contours restants, sinon d’après la cellule H3 de leur fiche. Une réponse compte au plus environ 100 000 nombres.',
  },
  inputs: SummaryInputs,
  numbers: SummaryNumbers,
  estimate: async (question, given) => costOf(question, given, await selectLayers(question, given)),
  run: async (question, given) => {
    const place = await findStudyPlace(question, given);
    const division = await findDivision(question, given, place);
    const selected = await selectLayers(question, given, place);
    const steps = stepsOf(given, selected);
    const { tallies, units } = await measure(question, given, selected, steps, { division, place });
    const counted = tallies.map((tally) => ({ tally, window: windowOf([tally.selected]) }));
    const numbers = toNumbers(counted, units, steps);
    const layers = tallies.map(({ selected: { layer }, measures }) => ({ layer, measures }));
    return {
      numbers,
      parts: [toPart(layers, units, numbers)],
      text: tell(division, counted, units, numbers),
      caveats: [
        ...caveatsOf(division, given.step, counted, numbers, await beyondCeiling(question, selected, place)),
        ...partlyInWindow(await countPartly(question, selected.filter(isEvents))),
      ],
    };
  },
});
