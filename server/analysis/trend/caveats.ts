import { approximate, type Caveat, fewEvents, modelled } from '../caveats.ts';
import { isNarrowed, notCalm, silentSteps } from '../reporting.ts';
import type { Selected } from '../select.ts';
import type { Division } from '../summary/units.ts';
import { inNoStep, stepCaveats, type WholeSteps } from '../whole-steps.ts';
import { count } from '../words.ts';
import type { Found } from './find-series.ts';
import type { TrendInputs } from './inputs.ts';
import type { Judged } from './judge.ts';
import type { TrendNumbers } from './numbers.ts';
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

function mayLieElsewhere(imprecise: number, rule: TrendInputs['imprecise']): Caveat[] {
  if (imprecise === 0) return [];
  const one = imprecise < 2;
  const told =
    rule === 'exclude'
      ? {
          en: `and ${one ? 'counts' : 'count'} in none, only in the whole`,
          fr: `et ${one ? 'n’est compté dans aucune' : 'ne sont comptés dans aucune'}, seulement dans l’ensemble`,
        }
      : {
          en: `and ${one ? 'counts where its point lies' : 'count where their points lie'}`,
          fr: `et ${one ? 'est compté là où est son point' : 'sont comptés là où est leur point'}`,
        };
  return [
    {
      code: 'imprecise-for-units',
      text: {
        en: `${count('en', imprecise, 'event', 'events')} may lie in another unit ${told.en}: the position is known less well than half the unit is wide.`,
        fr: `${count('fr', imprecise, 'événement relève', 'événements relèvent')} peut-être d’une autre unité ${told.fr} : la position est connue à plus d’une demi-largeur d’unité près.`,
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
        en: `In ${count('en', units, 'unit', 'units')} with a trend neighbouring steps are alike beyond it: there p is smaller than it should be.`,
        fr: `Dans ${count('fr', units, 'unité', 'unités')} avec une tendance, des périodes voisines se ressemblent au-delà de celle-ci : p y est plus petit qu’il ne devrait.`,
      },
    },
  ];
}

/** The median of slopes says nothing where most steps have the same: 0. */
function mostlyZero({ whole: { not_defined, series, slope, rate_slope, p = 1 } }: TrendNumbers): Caveat[] {
  const isFlat = (slope ?? rate_slope) === 0;
  if (not_defined || !isFlat || p > 0.05 || series.filter((value) => value === 0).length * 2 < series.length) return [];
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

export function caveatsOf(
  selected: readonly Selected[],
  division: Division | undefined,
  time: WholeSteps,
  found: Found,
  { numbers, whole, alikeUnits, rule }: Told & { readonly rule: TrendInputs['imprecise'] },
): Caveat[] {
  const layers = selected.map(({ layer }) => layer);
  return [
    ...modelled(layers),
    ...approximate(division?.layer ? [...layers, division.layer] : layers),
    ...mayLieElsewhere(found.imprecise, rule),
    ...outsideArea(found.outside),
    ...inNoStep(found.inNoStep),
    ...stepCaveats(time),
    ...fewSteps(time.steps.length),
    ...fewEvents(numbers.whole.events),
    ...autocorrelated(whole),
    ...autocorrelatedUnits(alikeUnits),
    ...mostlyZero(numbers),
    ...notCalm([silentSteps(time.step, time.steps, found.whole.events, found.inNoStep)], isNarrowed(selected)),
  ];
}
