import type { Localized } from '../../core/layer.ts';
import { approximate, type Caveat, fewEvents, modelled, outsideStudy } from '../caveats.ts';
import { isNarrowed, notCalm } from '../reporting.ts';
import type { Selected } from '../select.ts';
import type { StudyUnits } from '../study-units.ts';
import { count, inWords } from '../words.ts';
import type { ChangeInputs } from './inputs.ts';
import type { ChangeNumbers } from './numbers.ts';

const spanOf = ({ from, to }: { readonly from: string; readonly to: string }) => Date.parse(to) - Date.parse(from);

const one = (code: string, text: Localized): Caveat[] => [{ code, text }];

function impreciseByRule(
  { imprecise, classes_other_rule: differ }: ChangeNumbers,
  rule: ChangeInputs['imprecise'],
): Caveat[] {
  if (imprecise === 0) return [];
  const [isOut, en, fr] = [rule === 'exclude', inWords('en'), inWords('fr')];
  return one('imprecise-for-units', {
    en: `${count('en', imprecise, 'event is', 'events are')} ${isOut ? 'left out' : 'counted where the point lies'}, of which the position is known less well than half the unit is wide; under the other rule ${differ === 0 ? 'no unit would have another class' : `${en.number(differ)} ${differ === 1 ? 'unit' : 'units'} would have another class`}.`,
    fr: `${count('fr', imprecise, 'événement', 'événements')} dont la position est connue à plus d’une demi-largeur d’unité près ${isOut ? (imprecise < 2 ? 'est écarté' : 'sont écartés') : imprecise < 2 ? 'est compté là où est son point' : 'sont comptés là où est leur point'} ; avec l’autre règle, ${differ === 0 ? 'aucune unité ne changerait de classe' : `${fr.number(differ)} ${differ < 2 ? 'unité changerait' : 'unités changeraient'} de classe`}.`,
  });
}

function outOfPeriods({ left_out: { spanning, reaching_out } }: ChangeNumbers): Caveat[] {
  if (spanning + reaching_out === 0) return [];
  const [en, fr] = [inWords('en'), inWords('fr')];
  return one('not-in-one-period', {
    en: `An event counts in a period when its whole time lies in it: ${en.number(spanning)} that meet both periods and ${en.number(reaching_out)} that reach out of one are not counted.`,
    fr: `Un événement compte dans une période si toute sa durée s’y trouve : ${fr.number(spanning)} à cheval sur les deux périodes et ${fr.number(reaching_out)} débordant de l’une ne sont pas comptés.`,
  });
}

/** Of a period: what lies beyond the first or the last record may be quiet days; more of it is said. */
const BEYOND = 0.05;

/** Where a period is longer than a collection reaches: there nothing was collected, which looks like a change. */
function beyondReach(selected: readonly Selected[], { earlier, later }: ChangeNumbers): Caveat[] {
  const day = (lang: 'en' | 'fr', time: number) => inWords(lang).day(new Date(time).toISOString());
  return selected.flatMap(({ layer: { title, interval } }) => {
    const [begin, end] = [interval?.from ?? null, interval?.to ?? null];
    const isEarly = begin !== null && Date.parse(begin) - Date.parse(earlier.from) > BEYOND * spanOf(earlier);
    const isLate = end !== null && Date.parse(later.to) - Date.parse(end) > BEYOND * spanOf(later);
    const early = isEarly ? Date.parse(begin) : undefined;
    const late = isLate ? Date.parse(end) - 1 : undefined;
    return [
      ...(early === undefined
        ? []
        : one('before-first-report', {
            en: `${title.en} begin on ${day('en', early)}, after the earlier period does: what looks like a rise may be the beginning of reports.`,
            fr: `Les données « ${title.fr} » commencent le ${day('fr', early)}, après le début de la première période : ce qui semble une hausse peut être le début des signalements.`,
          })),
      ...(late === undefined
        ? []
        : one('after-last-report', {
            en: `${title.en} end on ${day('en', late)}, before the later period does: what looks like a fall may be the end of reports.`,
            fr: `Les données « ${title.fr} » s’achèvent le ${day('fr', late)}, avant la fin de la seconde période : ce qui semble une baisse peut être la fin des signalements.`,
          })),
    ];
  });
}

/** The plain levels are of other weeks than the periods: those too may lie where nobody reports. */
function levelsBeyondReach(selected: readonly Selected[], { earlier, later, levels }: ChangeNumbers): Caveat[] {
  const others = levels.filter(({ earlier_from, later_to }) => earlier_from !== earlier.from || later_to !== later.to);
  return selected.flatMap(({ layer: { title, interval } }) => {
    const isBeyond = ({ earlier_from, later_from, later_to }: (typeof others)[number]) => {
      const most = BEYOND * spanOf({ from: later_from, to: later_to });
      const early = interval?.from ? Date.parse(interval.from) - Date.parse(earlier_from) : 0;
      const late = interval?.to ? Date.parse(later_to) - Date.parse(interval.to) : 0;
      return early > most || late > most;
    };
    const beyond = others.filter(isBeyond).map(({ weeks }) => weeks);
    if (beyond.length === 0) return [];
    const weeks = (lang: 'en' | 'fr') => inWords(lang).list(beyond.map((each) => inWords(lang).number(each)));
    return one('levels-beyond-reports', {
      en: `The plain levels of ${weeks('en')} weeks look at days before the first or after the last report of ${title.en}: what looks like a change there may be that nobody reported.`,
      fr: `Les niveaux simples sur ${weeks('fr')} semaines portent sur des jours antérieurs au premier signalement de « ${title.fr} » ou postérieurs au dernier : ce qui y semble une évolution peut être l’absence de signalement.`,
    });
  });
}

/** The last weeks end where the first of several collections ends: of the others later events are not in them. */
function newerThan(selected: readonly Selected[], { as_of }: ChangeNumbers): Caveat[] {
  const end = Date.parse(`${as_of}T00:00:00Z`) + 86_400_000;
  const isNewer = ({ layer: { interval } }: Selected) => interval?.to != null && Date.parse(interval.to) > end;
  const newer = selected.filter(isNewer);
  if (newer.length === 0 || newer.length === selected.length) return [];
  const titles = (lang: 'en' | 'fr') => inWords(lang).list(newer.map(({ layer }) => layer.title[lang]));
  return one('newer-reports', {
    en: `The last weeks end on ${inWords('en').day(as_of)}, for other collections end there: what is reported later in ${titles('en')} is not in them.`,
    fr: `Les dernières semaines s’achèvent le ${inWords('fr').day(as_of)}, car d’autres collections s’arrêtent là : ce que contiennent de plus récent ces collections n’y est pas : ${titles('fr')}.`,
  });
}

export function caveatsOf(
  selected: readonly Selected[],
  study: StudyUnits,
  numbers: ChangeNumbers,
  rule: ChangeInputs['imprecise'],
): Caveat[] {
  const layers = selected.map(({ layer }) => layer);
  const silence = { of: study.of, all: numbers.units_all, silent: numbers.units_silent };
  return [
    ...modelled(layers),
    ...approximate(study.layer ? [...layers, study.layer] : layers),
    ...impreciseByRule(numbers, rule),
    ...outOfPeriods(numbers),
    ...beyondReach(selected, numbers),
    ...levelsBeyondReach(selected, numbers),
    ...newerThan(selected, numbers),
    ...outsideStudy(numbers.outside.earlier + numbers.outside.later),
    ...fewEvents(numbers.total.earlier + numbers.total.later),
    ...notCalm([silence], isNarrowed(selected)),
  ];
}
