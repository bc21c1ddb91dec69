import { approximate, type Caveat, modelled, tooImprecise } from '../caveats.ts';
import { isNarrowed, notCalm } from '../reporting.ts';
import type { Selected } from '../select.ts';
import { count, inWords } from '../words.ts';
import type { Found } from './find.ts';
import type { HotspotsInputs } from './inputs.ts';
import type { HotspotsNumbers } from './numbers.ts';
import { spreadOut } from './spread-out.ts';

/** Fewer events than this say little of where they are dense. */
const FEW = 30;
/** Fewer expected in a neighbourhood: the normal distribution is then a rough guide. */
const SPARSE = 5;

const caveat = (code: string, en: string, fr: string): Caveat => ({ code, text: { en, fr } });

const MOSTLY_LEFT_OUT = caveat(
  'mostly-left-out',
  'As many events are left out as are counted, or more: the verdicts are of those counted only. Coarser hexagons leave fewer out.',
  'Autant d’événements sont écartés que comptés, ou davantage : les verdicts ne portent que sur les événements comptés. Des hexagones plus grossiers en écartent moins.',
);

function ofImprecise({ imprecise }: HotspotsInputs, { counts, spread }: Found): Caveat[] {
  if (imprecise === 'exclude') {
    const counted = counts.inside - counts.imprecise;
    const isMost = counts.imprecise > 0 && counts.imprecise >= counted;
    return [...tooImprecise(counts.imprecise, counts.preciseM), ...(isMost ? [MOSTLY_LEFT_OUT] : [])];
  }
  if (imprecise === 'include') {
    if (counts.imprecise === 0) return [];
    const { imprecise: left, preciseM } = counts;
    return [
      caveat(
        'imprecise-included',
        `${count('en', left, 'event is', 'events are')} counted at a position that is not known to within ${inWords('en').distance(preciseM)}: a hexagon may be hot since many unknown positions were written as its town.`,
        `${count('fr', left, 'événement est compté', 'événements sont comptés')} à une position qui n’est pas connue à ${inWords('fr').distance(preciseM)} près : un hexagone peut être chaud parce que bien des positions inconnues ont été notées dans sa ville.`,
      ),
    ];
  }
  return spread ? spreadOut(spread) : [];
}

function ofSize({ events, mean, measure }: HotspotsNumbers, ring: number): Caveat[] {
  if (events.counted < FEW) {
    return [
      caveat(
        'few-events',
        `Fewer than ${FEW} events are counted: too few to tell hot ground from chance.`,
        `Moins de ${FEW} événements sont comptés : trop peu pour distinguer du hasard un point chaud.`,
      ),
    ];
  }
  if (measure !== undefined) {
    return [
      caveat(
        'sum',
        'A sum may be hot by one large event: look at the events of a hexagon before calling it so.',
        'Une somme peut être élevée à cause d’un seul événement : voyez les événements d’un hexagone avant d’en parler ainsi.',
      ),
    ];
  }
  const expected = mean * (3 * ring * (ring + 1) + 1);
  if (expected >= SPARSE) return [];
  const [en, fr] = (['en', 'fr'] as const).map((lang) => inWords(lang).rate(expected)) as [string, string];
  return [
    caveat(
      'sparse',
      `A neighbourhood holds ${en} events on average: of so few the p-values, which lean on a normal distribution, are rough. Coarser hexagons, or more rings, are surer.`,
      `Un voisinage contient en moyenne ${fr} événements : avec si peu, les valeurs p, qui s’appuient sur une loi normale, sont approximatives. Des hexagones plus grossiers, ou davantage de couronnes, sont plus sûrs.`,
    ),
  ];
}

/** What must be known with the answer. */
export function caveatsOf(
  inputs: HotspotsInputs,
  selected: readonly Selected[],
  found: Found,
  numbers: HotspotsNumbers,
): Caveat[] {
  const layers = selected.map(({ layer }) => layer);
  const { hexagons, occupied, events } = numbers;
  const { undrawn } = numbers;
  const notDrawn =
    undrawn === 0
      ? []
      : [
          caveat(
            'not-drawn',
            `Only hot and cold hexagons are drawn: ${count('en', undrawn, 'other has', 'others have')} events too.`,
            `Seuls les hexagones chauds et froids sont dessinés : ${count('fr', undrawn, 'autre compte', 'autres comptent')} aussi des événements.`,
          ),
        ];
  const outside =
    events.outside === 0
      ? []
      : [
          caveat(
            'outside',
            `${count('en', events.outside, 'event lies', 'events lie')} outside the study area.`,
            `${count('fr', events.outside, 'événement se trouve', 'événements se trouvent')} hors de la zone d’étude.`,
          ),
        ];
  return [
    ...modelled(layers),
    ...approximate(layers),
    ...ofImprecise(inputs, found),
    ...ofSize(numbers, inputs.ring),
    ...notCalm([{ of: 'hexagon', all: hexagons, silent: hexagons - occupied }], isNarrowed(selected)),
    ...notDrawn,
    ...outside,
  ];
}
