import type { Step } from '../../query/analysis/summary/points.ts';
import { approximate, type Caveat, fewEvents, modelled } from '../caveats.ts';
import { isNarrowed, notCalm, silentSteps } from '../reporting.ts';
import { count, inWords } from '../words.ts';
import type { SummaryNumbers } from './numbers.ts';
import { isEvents } from './tally.ts';
import type { Counted } from './to-numbers.ts';
import type { Division } from './units.ts';

function mayLieElsewhere(numbers: SummaryNumbers): Caveat[] {
  const imprecise = numbers.total.reduce((sum, each) => sum + (each.imprecise ?? 0), 0);
  if (imprecise === 0) return [];
  return [
    {
      code: 'imprecise-for-units',
      text: {
        en: `${count('en', imprecise, 'record', 'records')} may lie in another unit: the position is known less well than half the unit is wide.`,
        fr: `${count('fr', imprecise, 'fiche peut', 'fiches peuvent')} relever d’une autre unité : la position est connue à plus d’une demi-largeur d’unité près.`,
      },
    },
  ];
}

function shared(numbers: SummaryNumbers): Caveat[] {
  const km2 = numbers.units.reduce((sum, { shared_km2 }) => sum + (shared_km2 ?? 0), 0);
  // Outlines of neighbours that were digitised apart overlap by slivers.
  if (km2 < 1) return [];
  return [
    {
      code: 'overlapping-units',
      text: {
        en: `Units overlap on ${inWords('en').number(km2)} km²: what lies there is counted in the first.`,
        fr: `Des unités se recouvrent sur ${inWords('fr').number(km2)} km² : ce qui s’y trouve est compté dans la première.`,
      },
    },
  ];
}

function cutSteps(numbers: SummaryNumbers): Caveat[] {
  const cut = numbers.steps?.filter((step) => !step.is_whole).length ?? 0;
  if (cut === 0) return [];
  return [
    {
      code: 'cut-steps',
      text: {
        en: `The window cuts ${count('en', cut, 'step', 'steps')} of the series: these are not compared.`,
        fr: `La fenêtre coupe ${count('fr', cut, 'période', 'périodes')} de la série, qui ne ${cut < 2 ? 'se compare' : 'se comparent'} pas.`,
      },
    },
  ];
}

const DAY_MS = 86_400_000;

/** Shapes that hold one after the other are added up when the window is longer than a day. */
function successive(counted: readonly Counted[]): Caveat[] {
  const added = counted
    .map(({ tally }) => tally.selected)
    .filter(({ layer }) => layer.time === 'interval' && layer.geometry !== 'point')
    .filter(({ filter: { datetime } }) => {
      const [from, to] = [datetime?.from ?? null, datetime?.to ?? null];
      return from === null || to === null || Date.parse(to) - Date.parse(from) > DAY_MS;
    })
    .map(({ layer }) => layer.title);
  if (added.length === 0) return [];
  return [
    {
      code: 'successive-shapes',
      text: {
        en: `Shapes that held at different times are added up (${inWords('en').list(added.map(({ en }) => en))}): ask for one day to have those of that day.`,
        fr: `Des tracés valables à des dates différentes s’additionnent (${inWords('fr').list(added.map(({ fr }) => fr))}) : demandez un seul jour pour ceux de ce jour.`,
      },
    },
  ];
}

/**
 * In how many of the units, and of the steps, no event of any collection was reported. Hexagons without anything are not listed,
 * so that of them only steps are told.
 */
function silence(
  { units }: Division,
  step: Step | undefined,
  counted: readonly Counted[],
  numbers: SummaryNumbers,
): Caveat[] {
  const events = counted.map(({ tally }, index) => ({ tally, index })).filter(({ tally }) => isEvents(tally.selected));
  if (events.length === 0) return [];
  const silent = numbers.units.filter(({ values }) => events.every(({ index }) => values[index]?.records === 0)).length;
  const ofUnits = { of: 'unit', all: numbers.units.length, silent } as const;
  const steps = (numbers.steps ?? []).map(({ is_whole: isWhole, ...each }) => ({ ...each, isWhole }));
  const totals = events.map(({ index }) => numbers.total[index]);
  const inStep = steps.map((_, at) => totals.reduce((sum, total) => sum + (total?.series?.[at] ?? 0), 0));
  const undated = totals.reduce((sum, total) => sum + (total?.undated ?? 0), 0);
  return notCalm(
    [
      ...('resolution' in units ? [] : [ofUnits]),
      ...(step === undefined ? [] : [silentSteps(step, steps, inStep, undated)]),
    ],
    isNarrowed(events.map(({ tally }) => tally.selected)),
  );
}

/** @param left what ceilings on the precision leave out */
export function caveatsOf(
  division: Division,
  step: Step | undefined,
  counted: readonly Counted[],
  numbers: SummaryNumbers,
  left: readonly Caveat[],
): Caveat[] {
  const { layer } = division;
  const layers = counted.map(({ tally }) => tally.selected.layer);
  const events = numbers.total.filter((_, index) => isEvents((counted[index] as Counted).tally.selected));
  return [
    ...modelled(layers),
    ...approximate(layer ? [...layers, layer] : layers),
    ...left,
    ...mayLieElsewhere(numbers),
    ...shared(numbers),
    ...successive(counted),
    ...cutSteps(numbers),
    ...(events.length === 0 ? [] : fewEvents(Math.min(...events.map(({ records }) => records ?? 0)))),
    ...silence(division, step, counted, numbers),
  ];
}
