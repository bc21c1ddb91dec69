import { approximate, type Caveat, modelled, outsideStudy } from '../caveats.ts';
import { isNarrowed, notCalm } from '../reporting.ts';
import type { Selected } from '../select.ts';
import type { StudyUnits } from '../study-units.ts';
import { count } from '../words.ts';
import type { CoverageNumbers } from './numbers.ts';

function undated({ total: { undated: events } }: CoverageNumbers): Caveat[] {
  if (events === 0) return [];
  return [
    {
      code: 'in-no-step',
      text: {
        en: `The time of ${count('en', events, 'event', 'events')} is not known to lie in one step of the window: a report of the unit, and of no step.`,
        fr: `La date de ${count('fr', events, 'événement', 'événements')} n’est pas connue à une période près dans la fenêtre : un signalement de l’unité, mais d’aucune période.`,
      },
    },
  ];
}

function mayLieElsewhere({ total: { imprecise } }: CoverageNumbers): Caveat[] {
  if (imprecise === 0) return [];
  return [
    {
      code: 'imprecise-for-units',
      text: {
        en: `${count('en', imprecise, 'event', 'events')} may lie in another unit, and ${imprecise === 1 ? 'is' : 'are'} counted where the point lies: the position is known less well than half the unit is wide.`,
        fr: `${count('fr', imprecise, 'événement relève', 'événements relèvent')} peut-être d’une autre unité et ${imprecise < 2 ? 'est compté là où est son point' : 'sont comptés là où est leur point'} : la position est connue à plus d’une demi-largeur d’unité près.`,
      },
    },
  ];
}

function unsourced({ total: { unsourced: events } }: CoverageNumbers): Caveat[] {
  if (events === 0) return [];
  return [
    {
      code: 'no-source',
      text: {
        en: `${count('en', events, 'event names', 'events name')} no source.`,
        fr: `${count('fr', events, 'événement ne nomme', 'événements ne nomment')} aucune source.`,
      },
    },
  ];
}

export function caveatsOf(selected: readonly Selected[], study: StudyUnits, numbers: CoverageNumbers): Caveat[] {
  const layers = selected.map(({ layer }) => layer);
  const { units_all, units_reported, steps_reported } = numbers.total;
  const steps = numbers.steps.length;
  return [
    ...modelled(layers),
    ...approximate(study.layer ? [...layers, study.layer] : layers),
    ...undated(numbers),
    ...mayLieElsewhere(numbers),
    ...unsourced(numbers),
    ...outsideStudy(numbers.total.outside),
    ...notCalm(
      [
        { of: study.of, all: units_all, silent: units_all - units_reported },
        { of: numbers.step, all: steps, silent: steps - steps_reported, isDatedOnly: numbers.total.undated > 0 },
      ],
      isNarrowed(selected),
    ),
  ];
}
