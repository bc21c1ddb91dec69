import { InvalidParameter } from '../core/errors.ts';
import { beyondCeiling } from './beyond-ceiling.ts';
import { findArea } from './covered-area.ts';
import { defineProcess } from './process.ts';
import { caveatsOf } from './reporting/caveats.ts';
import { collect } from './reporting/collect.ts';
import { CoverageInputs } from './reporting/inputs.ts';
import { CoverageNumbers } from './reporting/numbers.ts';
import { toPart } from './reporting/part.ts';
import { tell } from './reporting/tell.ts';
import { toNumbers } from './reporting/to-numbers.ts';
import type { Selected } from './select.ts';
import { selectEvents, timeless } from './select-events.ts';
import { stepFinder, toSteps } from './steps.ts';
import { checkUnits, costOfUnits, findStudyUnits } from './study-units.ts';
import { windowOf } from './window.ts';

const refuse = (input: string, detail: string) => new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);

/** The window that is asked, else as far as the public records reach, and its steps. */
function findWindow(selected: readonly Selected[], { step }: CoverageInputs) {
  const { from, to } = windowOf(selected);
  if (from === null || to === null) {
    throw refuse('datetime', 'Nothing says from when to when it is asked: give datetime, with both ends.');
  }
  return { window: { from, to, step }, steps: toSteps({ from, to }, step) };
}

export const coverage = defineProcess({
  id: 'coverage',
  title: { en: 'Where and when sources report', fr: 'Où et quand les sources signalent' },
  description: {
    en: 'Says where and when anything is reported at all: no report is not calm. By administrative unit, given area or hexagon, those without any report too: events, sources, the first and the last report, the share of calendar steps with any report, the longest silence, and how long it has been silent up to the end of the window. For each step the events, the units and the sources that report; for each collection and source its first and last report. An event counts in a step when its whole time lies in it, else as a report of its unit and of no step; it counts where its point lies, and those that may lie in another unit are counted. Of a record with several sources (parted by semicolons) each is named. Hexagons are whole, also at the edge of a place; other units end there.',
    fr: 'Dit où et quand quelque chose est signalé : l’absence de signalement n’est pas le calme. Par unité administrative, zone donnée ou hexagone, y compris sans aucun signalement : les événements, les sources, le premier et le dernier signalement, la part des périodes civiles avec signalement, le plus long silence, et sa durée jusqu’à la fin de la fenêtre. Pour chaque période, les événements, les unités et les sources qui signalent ; pour chaque collection et chaque source, son premier et son dernier signalement. Un événement compte dans une période si toute sa durée s’y trouve, sinon comme signalement de son unité et d’aucune période ; il compte là où est son point, et ceux qui relèvent peut-être d’une autre unité sont dénombrés. D’une fiche à plusieurs sources (séparées par des points-virgules), chacune est citée. Les hexagones sont entiers, même au bord d’un lieu ; les autres unités s’y arrêtent.',
  },
  inputs: CoverageInputs,
  numbers: CoverageNumbers,
  estimate: async (question, given) => {
    const selected = await selectEvents(question, given, timeless);
    findWindow(selected, given);
    const { comparisons, seconds } = await costOfUnits(question, given, selected);
    // Records are placed twice, for what they report and for what was ever reported, and grouped by month and source.
    return { comparisons: 2 * comparisons, seconds: 3 * seconds };
  },
  run: async (question, given) => {
    const selected = await selectEvents(question, given, timeless);
    const { window, steps } = findWindow(selected, given);
    const study = await findStudyUnits(question, given, selected);
    checkUnits(study.units.length, 'There are', given);
    const within = selected.map(study.within);
    const collected = await collect(question, within, study, steps.length, stepFinder(given.step, steps));
    const numbers = toNumbers(collected, selected, study.units, steps, window);
    const layers = selected.map(({ layer }) => layer);
    const place = given.place && (await findArea(question, given.place, 'place'));
    return {
      numbers,
      parts: [toPart(study.units, numbers)],
      text: tell(study, layers, numbers),
      caveats: [...caveatsOf(selected, study, numbers), ...(await beyondCeiling(question, selected, place))],
    };
  },
});
