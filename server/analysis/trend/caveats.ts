import type { Language } from '../../core/layer.ts';
import { approximate, type Caveat, fewEvents, modelled } from '../caveats.ts';
import { isNarrowed, notCalm, silentSteps } from '../reporting.ts';
import type { Selected } from '../select.ts';
import type { Division } from '../summary/units.ts';
import { inNoStep, stepCaveats, type WholeSteps } from '../whole-steps.ts';
import { count } from '../words.ts';
import type { SeriesOf, TrendInputs } from './inputs.ts';
import type { Judged } from './judge.ts';
import { LASTS, roughDates } from './lasting-caveats.ts';
import { MEMBERS } from './members.ts';
import type { TrendNumbers } from './numbers.ts';
import type { Found } from './series.ts';
import type { Told } from './to-numbers.ts';

/** Fewer steps show a trend only when it is almost without exception. */
const FEW_STEPS = 10;

function fewSteps(steps: number): Caveat[] {
  if (steps >= FEW_STEPS) return [];
  return [
    {
      code: 'few-steps',
      text: {
        en: `Only ${count('en', steps, 'step', 'steps')}: a trend is found just where it is almost without exception.`,
        fr: `Seulement ${count('fr', steps, 'période', 'périodes')} : une tendance n’est trouvée que si elle est presque sans exception.`,
      },
    },
  ];
}

/** The test takes steps as independent. */
function autocorrelated({ lagOne }: Judged): Caveat[] {
  if (!lagOne?.isHigh) return [];
  return [
    {
      code: 'autocorrelation',
      text: {
        en: 'Neighbouring steps are alike beyond the trend: p is smaller than it should be, for the test takes them as independent. Longer steps help.',
        fr: 'Des périodes voisines se ressemblent au-delà de la tendance : p est plus petit qu’il ne devrait, car le test les suppose indépendantes. Des périodes plus longues y remédient.',
      },
    },
  ];
}

/** What becomes of points that may lie in another unit. */
const ELSEWHERE = {
  exclude: {
    en: ['and counts in none, only in the whole', 'and count in none, only in the whole'],
    fr: [
      'et ne compte dans aucune, seulement dans l’ensemble',
      'et ne comptent dans aucune, seulement dans l’ensemble',
    ],
  },
  include: {
    en: ['and counts where its point lies', 'and count where their points lie'],
    fr: ['et compte là où est son point', 'et comptent là où est leur point'],
  },
} as const;
const POINTS = {
  events: { en: ['event', 'events'], fr: ['événement relève', 'événements relèvent'] },
  lasting: { en: ['record', 'records'], fr: ['fiche relève', 'fiches relèvent'] },
} as const;

function mayLieElsewhere(imprecise: number, rule: TrendInputs['imprecise'], of: SeriesOf): Caveat[] {
  if (imprecise === 0) return [];
  const told = (lang: Language) => {
    const [one, many] = POINTS[of === 'events' ? 'events' : 'lasting'][lang];
    return [count(lang, imprecise, one, many), ELSEWHERE[rule][lang][imprecise < 2 ? 0 : 1]] as const;
  };
  const [[found, elsewhere], [trouves, ailleurs]] = [told('en'), told('fr')];
  return [
    {
      code: 'imprecise-for-units',
      text: {
        en: `${found} may lie in another unit ${elsewhere}: the position is known less well than half the unit is wide.`,
        fr: `${trouves} peut-être d’une autre unité ${ailleurs} : la position est connue à plus d’une demi-largeur d’unité près.`,
      },
    },
  ];
}

/** A rate is of the area that the collections cover: what lies beyond is not in it. */
function outsideArea(events: number): Caveat[] {
  if (events === 0) return [];
  return [
    {
      code: 'outside',
      text: {
        en: `${count('en', events, 'event lies', 'events lie')} outside that area and ${events === 1 ? 'is' : 'are'} not in the rate of the whole.`,
        fr: `${count('fr', events, 'événement se trouve hors de cette zone et n’est', 'événements se trouvent hors de cette zone et ne sont')} pas dans le taux d’ensemble.`,
      },
    },
  ];
}

function autocorrelatedUnits(units: number): Caveat[] {
  if (units === 0) return [];
  return [
    {
      code: 'autocorrelation-of-units',
      text: {
        en: `In ${count('en', units, 'unit or class', 'units or classes')} with a trend neighbouring steps are alike beyond it: there p is smaller than it should be.`,
        fr: `Dans ${count('fr', units, 'unité ou classe', 'unités ou classes')} avec une tendance, des périodes voisines se ressemblent au-delà de celle-ci : p y est plus petit qu’il ne devrait.`,
      },
    },
  ];
}

/** The median of slopes says nothing where most steps have the same: 0. */
function mostlyZero({ whole, series_of, of }: TrendNumbers): Caveat[] {
  const { not_defined, p = 1 } = whole;
  const { list } = MEMBERS[series_of].count;
  const series = whole[list] ?? [];
  if (
    not_defined ||
    whole[MEMBERS[series_of][of].slope] !== 0 ||
    p > 0.05 ||
    series.filter((value) => value === 0).length * 2 < series.length
  )
    return [];
  return [
    {
      code: 'mostly-zero',
      text: {
        en: 'Most steps have nothing: the median slope is then 0, though the test finds a trend.',
        fr: 'La plupart des périodes n’ont rien : la pente médiane est alors nulle, bien que le test trouve une tendance.',
      },
    },
  ];
}

function notReported(selected: readonly Selected[], time: WholeSteps, found: Found): Caveat[] {
  return [
    ...fewEvents(found.whole.records),
    ...notCalm([silentSteps(time.step, time.steps, found.whole.events, found.inNoStep)], isNarrowed(selected)),
  ];
}

export function caveatsOf(
  selected: readonly Selected[],
  division: Division | undefined,
  time: WholeSteps,
  found: Found,
  { numbers, whole, alike, rule }: Told & { readonly rule: TrendInputs['imprecise'] },
): Caveat[] {
  const layers = selected.map(({ layer }) => layer);
  const of = numbers.series_of;
  return [
    ...modelled(layers),
    ...approximate(division?.layer ? [...layers, division.layer] : layers),
    ...mayLieElsewhere(found.imprecise, rule, of),
    ...outsideArea(found.outside),
    ...inNoStep(found.inNoStep),
    ...roughDates(found.rough),
    ...stepCaveats(time),
    ...fewSteps(time.steps.length),
    ...(of === 'events' || numbers.whole.not_defined ? [] : [LASTS]),
    ...(of === 'events' ? [...autocorrelated(whole), ...autocorrelatedUnits(alike)] : []),
    ...mostlyZero(numbers),
    ...(of === 'events' ? notReported(selected, time, found) : []),
  ];
}
