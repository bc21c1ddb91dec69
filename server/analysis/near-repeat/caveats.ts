import type { Known } from '../../query/analysis/near-repeat.ts';
import { approximate, type Caveat, modelled, mostlyNotCompared, partlyInWindow, tooImprecise } from '../caveats.ts';
import type { Selected } from '../select.ts';
import { count, inWords } from '../words.ts';
import type { Numbers } from './numbers.ts';
import { ALPHA } from './to-numbers.ts';

function withoutDays({ left_out: { vague, undated } }: Numbers, toDays: number): Caveat[] {
  const left = vague + undated;
  if (left === 0) return [];
  return [
    {
      code: 'vague-dates',
      text: {
        en: `${count('en', left, 'event is', 'events are')} left out: the date is not known to within ${count('en', toDays, 'day', 'days')}.`,
        fr: `${count('fr', left, 'événement est écarté', 'événements sont écartés')} : la date n’est pas connue à ${count('fr', toDays, 'jour', 'jours')} près.`,
      },
    },
  ];
}

function imprecisely(included: number, toMetres: number): Caveat[] {
  if (included === 0) return [];
  return [
    {
      code: 'imprecise-included',
      text: {
        en: `${count('en', included, 'event is', 'events are')} compared at a position that is not known to within ${inWords('en').distance(toMetres)}: their pairs are in bands that are finer than what is known.`,
        fr: `${count('fr', included, 'événement est comparé', 'événements sont comparés')} à une position qui n’est pas connue à ${inWords('fr').distance(toMetres)} près : leurs paires sont dans des tranches plus fines que ce que l’on sait.`,
      },
    },
  ];
}

const fewCompared = ({ events, left_out: { imprecise, undated, vague } }: Numbers): Caveat[] =>
  mostlyNotCompared(imprecise + undated + vague, events);

/** p is no smaller than 1 / (R + 1): among many bands one alone cannot then stand out. */
function fewPermutations({ bands, permutations }: Numbers): Caveat[] {
  if (bands.length / (permutations + 1) <= ALPHA) return [];
  const least = Math.ceil(bands.length / ALPHA) - 1;
  return [
    {
      code: 'few-permutations',
      text: {
        en: `With ${count('en', bands.length, 'band', 'bands')}, ${inWords('en').number(permutations)} permutations cannot tell one band alone from chance: ask for at least ${inWords('en').number(least)}, or for fewer bands.`,
        fr: `Avec ${count('fr', bands.length, 'tranche', 'tranches')}, ${inWords('fr').number(permutations)} permutations ne peuvent distinguer du hasard une tranche seule : demandez-en au moins ${inWords('fr').number(least)}, ou moins de tranches.`,
      },
    },
  ];
}

/** What else makes pairs that are near in place and time. */
function otherReasons(selected: readonly Selected[], { bands }: Numbers): Caveat[] {
  if (!bands.some(({ verdict }) => verdict === 'more')) return [];
  const several = selected.length > 1;
  return [
    {
      code: 'other-reasons',
      text: {
        en: `That events are near in place and time is no proof that one brings another: one event told twice makes such a pair${several ? ', as several collections may have it' : ''}, and so does violence, or reporting, that moves from one region to another over the years.`,
        fr: `Que des événements soient proches dans l’espace et le temps ne prouve pas que l’un entraîne l’autre : un événement rapporté deux fois forme une telle paire${several ? ', et plusieurs collections peuvent le contenir' : ''}, de même qu’une violence, ou une couverture, qui passe d’une région à une autre au fil des ans.`,
      },
    },
  ];
}

export function caveatsOf(
  selected: readonly Selected[],
  numbers: Numbers,
  known: Known,
  { included, partly }: { readonly included: number; readonly partly: number },
): Caveat[] {
  return [
    ...modelled(selected.map(({ layer }) => layer)),
    ...approximate(selected.map(({ layer }) => layer)),
    ...tooImprecise(numbers.left_out.imprecise, known.toMetres),
    ...imprecisely(included, known.toMetres),
    ...withoutDays(numbers, known.toDays),
    ...fewCompared(numbers),
    ...partlyInWindow(partly),
    ...fewPermutations(numbers),
    ...otherReasons(selected, numbers),
  ];
}
