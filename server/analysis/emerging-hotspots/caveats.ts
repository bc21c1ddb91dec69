import { approximate, type Caveat, modelled, notDrawnCaveat, outsideStudy, tooImprecise } from '../caveats.ts';
import { spreadOut } from '../hotspots/spread-out.ts';
import { isNarrowed, notCalm, silentSteps } from '../reporting.ts';
import { inNoStep, stepCaveats } from '../whole-steps.ts';
import { count, inWords } from '../words.ts';
import { type Look, sumByCell } from './look.ts';
import type { EmergingNumbers } from './numbers.ts';

/** From so many steps on the classes are usual: Esri's tool asks for ten. */
const USUAL_STEPS = 10;

/** Events that are counted where they are said to be, though they may lie in another hexagon. */
function impreciseCounted(events: number, metres: number): Caveat[] {
  if (events === 0) return [];
  return [
    {
      code: 'imprecise-counted',
      text: {
        en: `${count('en', events, 'event is', 'events are')} counted at a position that is not known to within ${inWords('en').distance(metres)}: another hexagon may be theirs.`,
        fr: `${count('fr', events, 'événement est compté', 'événements sont comptés')} à une position qui n’est pas connue à ${inWords('fr').distance(metres)} près : ${events < 2 ? 'il peut' : 'ils peuvent'} relever d’un autre hexagone.`,
      },
    },
  ];
}

function fewSteps(steps: number): Caveat[] {
  if (steps >= USUAL_STEPS) return [];
  return [
    {
      code: 'few-steps',
      text: {
        en: `Only ${count('en', steps, 'step', 'steps')}: with fewer than ${USUAL_STEPS}, classes that tell of the past rest on little.`,
        fr: `Seulement ${count('fr', steps, 'période', 'périodes')} : à moins de ${USUAL_STEPS}, les classes qui décrivent le passé reposent sur peu.`,
      },
    },
  ];
}

/** Events left out where they are as many as those counted. */
function mostlyLeftOut(left: number, counted: number): Caveat[] {
  if (left === 0 || left < counted) return [];
  return [
    {
      code: 'mostly-left-out',
      text: {
        en: `As many events are left out as are counted, or more (${inWords('en').number(left)} and ${inWords('en').number(counted)}): the classes are of those counted only. Coarser hexagons leave fewer out.`,
        fr: `Autant d’événements sont écartés que comptés, ou davantage (${inWords('fr').number(left)} et ${inWords('fr').number(counted)}) : les classes ne portent que sur les événements comptés. Des hexagones plus grands en écartent moins.`,
      },
    },
  ];
}

/** With fewer events in a neighbourhood, their sum is far from normal. */
const SPARSE = 1;

/** Where hardly any event is expected, one is enough for a hexagon to be hot. */
function sparse({ tests, events }: EmergingNumbers, ring: number): Caveat[] {
  if (!tests || events.counted === 0) return [];
  const expected = (events.counted / tests) * 2 * (3 * ring * (ring + 1) + 1);
  if (expected >= SPARSE) return [];
  return [
    {
      code: 'sparse',
      text: {
        en: `A hexagon and its neighbours have ${inWords('en').rate(expected)} events in two steps on average: where so few are expected one event can make it hot, and p is not to be relied on. Longer steps or coarser hexagons help.`,
        fr: `Un hexagone et ses voisins ont en moyenne ${inWords('fr').rate(expected)} événement en deux périodes : quand on en attend si peu, un seul peut le rendre chaud, et p n’est pas fiable. Des périodes plus longues ou des hexagones plus grands y remédient.`,
      },
    },
  ];
}

/** In how many hexagons, and in how many steps, nothing is reported. */
function silences({ given, study, time, counts }: Look) {
  const { events } = counts;
  const cells = study.cells.length;
  const silent = sumByCell(events.all, cells).filter(
    (count, cell) => count + (counts.undatedByCell[cell] as number) === 0,
  );
  const byStep = time.steps.map((_, step) =>
    events.all.subarray(step * cells, (step + 1) * cells).reduce((sum, count) => sum + count, 0),
  );
  return [
    { of: 'hexagon', all: cells, silent: silent.length } as const,
    silentSteps(given.step, time.steps, byStep, counts.undated),
  ];
}

/** @param undrawn hexagons that are not among the features */
export function caveatsOf(look: Look, numbers: EmergingNumbers, undrawn: number): Caveat[] {
  const { given, selected, time, counts } = look;
  const layers = selected.map(({ layer }) => layer);
  const { imprecise, counted, in_no_step } = numbers.events;
  const isLeftOut = given.imprecise === 'exclude';
  const imprecisely = {
    exclude: () => tooImprecise(imprecise, counts.preciseM),
    include: () => impreciseCounted(imprecise, counts.preciseM),
    spread: () => (look.spread ? spreadOut(look.spread) : []),
  };
  return [
    ...modelled(layers),
    ...approximate(layers),
    ...imprecisely[given.imprecise](),
    ...(isLeftOut ? mostlyLeftOut(imprecise, counted) : []),
    ...inNoStep(in_no_step),
    ...stepCaveats(time),
    ...fewSteps(time.steps.length),
    ...sparse(numbers, given.ring),
    ...outsideStudy(numbers.events.outside),
    ...notDrawnCaveat(undrawn),
    ...notCalm(silences(look), isNarrowed(selected)),
  ];
}
