import type { Interval } from '../core/interval.ts';
import type { Step } from '../query/analysis/summary/points.ts';
import type { Caveat } from './caveats.ts';
import type { Selected } from './select.ts';
import { type TimeStep, toSteps } from './steps.ts';
import { windowOf } from './window.ts';
import { count, inWords } from './words.ts';

/** The steps of a series that may be compared with one another. */
export interface WholeSteps {
  readonly step: Step;
  /** In order, without gaps: those that the window holds as a whole, from the first to the last in which a collection reports. */
  readonly steps: readonly TimeStep[];
  /** Left out since the window holds only a part of them. */
  readonly cut: number;
  /** Left out since no collection has any record as early, or as late. */
  readonly unreported: number;
  /** Collections that do not report, or are not asked, in all of `steps`: of such a sum a rise or a fall may be theirs. */
  readonly partly: readonly Selected[];
}

const touches = ({ from, to }: TimeStep, span: Interval | null | undefined) =>
  (!span?.from || Date.parse(span.from) < Date.parse(to)) && (!span?.to || Date.parse(span.to) > Date.parse(from));

/** Whether a collection reports in a step, and is asked about it. */
const meets = (step: TimeStep, { layer, filter }: Selected) =>
  touches(step, layer.interval) && touches(step, filter.datetime);

/** Whether it is asked about all of a step, and not about a part of it: collections may have windows of their own. */
const isAskedWhole = ({ from, to }: TimeStep, { filter: { datetime } }: Selected) =>
  (!datetime?.from || Date.parse(datetime.from) <= Date.parse(from)) &&
  (!datetime?.to || Date.parse(datetime.to) >= Date.parse(to));

/**
 * Steps within the window of a question. A step without events counts as one with 0 just between the first and the last
 * record of the collections: beyond, nobody says that there was nothing.
 * @param events collections whose records have an instant
 * @throws InvalidParameter for a window that is open, or has too many steps
 */
export function wholeSteps(events: readonly Selected[], step: Step): WholeSteps {
  const all = toSteps(windowOf(events), step);
  const whole = all.filter(({ isWhole }) => isWhole);
  const reports = (each: TimeStep) => events.some((selected) => meets(each, selected));
  const steps = whole.slice(whole.findIndex(reports), whole.findLastIndex(reports) + 1);
  return {
    ...{ step, steps },
    cut: all.length - whole.length,
    unreported: whole.length - steps.length,
    partly: events.filter((selected) => steps.some((each) => !meets(each, selected) || !isAskedWhole(each, selected))),
  };
}

/** What is left out of a series, and which collections are not in all of it. */
export function stepCaveats({ cut, unreported, partly }: WholeSteps): Caveat[] {
  const caveats: Caveat[] = [];
  if (cut > 0) {
    caveats.push({
      code: 'cut-steps',
      text: {
        en: `The window holds only a part of ${count('en', cut, 'step', 'steps')}, which ${cut === 1 ? 'is' : 'are'} left out.`,
        fr: `La fenêtre ne contient qu’une partie de ${count('fr', cut, 'période, qui est écartée', 'périodes, qui sont écartées')}.`,
      },
    });
  }
  if (unreported > 0) {
    caveats.push({
      code: 'unreported-steps',
      text: {
        en: `${count('en', unreported, 'step lies', 'steps lie')} before the first or after the last record of the collections and ${unreported === 1 ? 'is' : 'are'} left out, for nobody reports then.`,
        fr: `${count('fr', unreported, 'période antérieure à la première fiche des collections ou postérieure à la dernière est écartée', 'périodes antérieures à la première fiche des collections ou postérieures à la dernière sont écartées')} : rien n’y est rapporté.`,
      },
    });
  }
  if (partly.length > 0) {
    const titles = (lang: 'en' | 'fr') => inWords(lang).list(partly.map(({ layer }) => layer.title[lang]));
    caveats.push({
      code: 'reporting-changes',
      text: {
        en: `Not in all of the time is there reporting from ${titles('en')}: what begins or ends there may look like a rise or a fall.`,
        fr: `Ces collections ne couvrent pas toute la durée : ${titles('fr')}. Leur début ou leur fin peut passer pour une hausse ou une baisse.`,
      },
    });
  }
  return caveats;
}

/** Events whose time is known only as a span that is not in one step. */
export function inNoStep(events: number): Caveat[] {
  if (events === 0) return [];
  return [
    {
      code: 'in-no-step',
      text: {
        en: `${count('en', events, 'event is', 'events are')} in none of these steps: in one that is left out, or its time is not known to within a step.`,
        fr: `${count('fr', events, 'événement n’est', 'événements ne sont')} dans aucune de ces périodes : soit dans une période écartée, soit à une date connue moins bien qu’à une période près.`,
      },
    },
  ];
}
