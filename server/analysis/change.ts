import { beyondCeiling } from './beyond-ceiling.ts';
import { caveatsOf } from './change/caveats.ts';
import { compare } from './change/compare.ts';
import { countPairs } from './change/count-pairs.ts';
import { ChangeInputs } from './change/inputs.ts';
import { ChangeNumbers } from './change/numbers.ts';
import { toPart } from './change/part.ts';
import { findPeriods } from './change/periods.ts';
import { tell } from './change/tell.ts';
import { findArea } from './covered-area.ts';
import { defineProcess } from './process.ts';
import { selectEvents, timeless } from './select-events.ts';
import { checkUnits, costOfUnits, findStudyUnits } from './study-units.ts';

export const change = defineProcess({
  id: 'change',
  title: { en: 'Change between two periods', fr: 'Évolution entre deux périodes' },
  description: {
    en: 'Sets two periods side by side by administrative unit, given area or hexagon: the events of each, how many times as many a day with the exact 95 % interval, and an exact two-sided test (conditional binomial, Przyborowski & Wilenski 1940; twice the smaller tail), corrected for all tested units at the rate of false discoveries asked (Benjamini & Hochberg 1995). A unit is risen, fallen, without a change shown, or has too few events in both periods together to tell: it is then not tested. The periods are given, or are the last weeks up to a day and as many before. An event counts in a period when its whole time lies in it. Beside that the plain levels of the last 4 and 52 weeks against those before, as conflict dashboards show them: percentages with thresholds, without a test. Hexagons are whole, also at the edge of a place; other units end there.',
    fr: 'Met deux périodes côte à côte par unité administrative, zone donnée ou hexagone : les événements de chacune, le rapport des nombres par jour avec son intervalle exact à 95 %, et un test exact bilatéral (binomial conditionnel, Przyborowski & Wilenski 1940 ; le double de la plus petite queue), corrigé pour toutes les unités testées au taux de fausses découvertes demandé (Benjamini & Hochberg 1995). Une unité est en hausse, en baisse, sans évolution établie, ou compte trop peu d’événements sur les deux périodes réunies pour conclure : elle n’est alors pas testée. Les périodes sont données, ou sont les dernières semaines jusqu’à un jour et autant de semaines avant. Un événement compte dans une période si toute sa durée s’y trouve. S’y ajoutent les niveaux simples des 4 et 52 dernières semaines face aux précédentes, comme dans les tableaux de bord des conflits : des pourcentages avec des seuils, sans test. Les hexagones sont entiers, même au bord d’un lieu ; les autres unités s’y arrêtent.',
  },
  inputs: ChangeInputs,
  numbers: ChangeNumbers,
  estimate: async (question, given) => {
    const selected = await selectEvents(question, given, timeless);
    findPeriods(question, given, selected);
    return costOfUnits(question, given, selected);
  },
  run: async (question, given) => {
    const selected = await selectEvents(question, given, timeless);
    const compared = findPeriods(question, given, selected);
    const study = await findStudyUnits(question, given, selected);
    const pairs = [compared.periods, ...compared.levels];
    const counted = await countPairs(question, selected.map(study.within), study, pairs);
    checkUnits(counted.inside.size, 'There are events in', given);
    const shown = study.units.filter(({ key }) => counted.inside.has(key));
    const numbers = compare(study, counted, compared, given);
    const place = given.place && (await findArea(question, given.place, 'place'));
    const { earlier, later } = compared.periods;
    const timed = selected.map((each) => ({
      ...each,
      filter: { ...each.filter, datetime: { from: earlier.from, to: later.to } },
    }));
    return {
      numbers,
      parts: [toPart(shown, numbers)],
      text: tell(
        study,
        shown,
        selected.map(({ layer }) => layer),
        numbers,
      ),
      caveats: [
        ...caveatsOf(selected, study, numbers, given.imprecise),
        ...(await beyondCeiling(question, timed, place)),
      ],
    };
  },
});
