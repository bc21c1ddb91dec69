import { approximate, type Caveat, fewEvents, modelled, tooImprecise } from '../caveats.ts';
import type { Selected } from '../select.ts';
import { count, inWords } from '../words.ts';
import type { SummaryNumbers } from './numbers.ts';
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

/** @param left of each collection, how many records its ceiling on the precision leaves out */
export function caveatsOf(
  { layer }: Division,
  counted: readonly Counted[],
  numbers: SummaryNumbers,
  left: readonly (readonly [Selected, number])[],
): Caveat[] {
  const layers = counted.map(({ tally }) => tally.selected.layer);
  const events = numbers.total.filter(
    (_, index) => layers[index]?.time === 'instant' && layers[index]?.geometry === 'point',
  );
  return [
    ...modelled(layers),
    ...approximate(layer ? [...layers, layer] : layers),
    ...left.flatMap(([{ maxPrecisionM = 0 }, records]) => tooImprecise(records, maxPrecisionM)),
    ...mayLieElsewhere(numbers),
    ...shared(numbers),
    ...successive(counted),
    ...cutSteps(numbers),
    ...(events.length === 0 ? [] : fewEvents(Math.min(...events.map(({ records }) => records ?? 0)))),
  ];
}
