import { approximate, type Caveat, modelled, mostlyNotCompared, partlyInWindow, tooImprecise } from '../caveats.ts';
import { count, inWords } from '../words.ts';
import type { Given } from './inputs.ts';
import type { Numbers } from './numbers.ts';
import type { Events } from './read-events.ts';

function withoutTime({ left_out: { undated, vague } }: Numbers, { eps_days }: Given): Caveat[] {
  const left = undated + vague;
  if (left === 0) return [];
  return [
    {
      code: 'vague-dates',
      text: {
        en: `${count('en', left, 'event is', 'events are')} left out: the date is not known, or only to a span of more than ${count('en', eps_days, 'day', 'days')}.`,
        fr: `${count('fr', left, 'événement est écarté', 'événements sont écartés')} : la date n’est pas connue, ou seulement par un intervalle de plus de ${count('fr', eps_days, 'jour', 'jours')}.`,
      },
    },
  ];
}

function included({ events }: Events, { imprecise, eps_km }: Given): Caveat[] {
  const coarse = imprecise === 'include' ? events.filter(({ precision_m }) => precision_m > eps_km * 1_000).length : 0;
  if (coarse === 0) return [];
  return [
    {
      code: 'imprecise-included',
      text: {
        en: `${count('en', coarse, 'event is', 'events are')} taken at a position that is known less well than the distance between neighbours: clusters may come from how positions were given.`,
        fr: `${count('fr', coarse, 'événement est pris', 'événements sont pris')} à une position connue moins bien que la distance entre voisins : des groupes peuvent tenir à la façon dont les positions ont été données.`,
      },
    },
  ];
}

const mostlyOut = ({ events, left_out: { imprecise, undated, vague } }: Numbers): Caveat[] =>
  mostlyNotCompared(imprecise + undated + vague, events);

function samePlaces({ at_one_place: single, clusters }: Numbers): Caveat[] {
  if (single === 0) return [];
  return [
    {
      code: 'one-place',
      text: {
        en: `In ${inWords('en').number(single)} of ${count('en', clusters, 'cluster', 'clusters')} all events have the same position, as reports that name only the town have: their distances are not measured. Their outline is drawn around that position.`,
        fr: `Dans ${inWords('fr').number(single)} des ${count('fr', clusters, 'groupe', 'groupes')}, tous les événements ont la même position, comme les rapports qui ne nomment que la localité : leurs distances ne sont pas mesurées. Le contour est tracé autour de cette position.`,
      },
    },
  ];
}

const NO_TEST: Caveat = {
  code: 'no-test',
  text: {
    en: 'Clusters are where and when reports are dense by these radii, which change them; they are no test against chance (the process near-repeat makes one), and an event told twice counts twice.',
    fr: 'Les groupes sont les lieux et moments où, selon ces rayons qui les déterminent, les rapports sont denses ; ce n’est pas un test contre le hasard (le processus near-repeat en fait un), et un événement rapporté deux fois compte deux fois.',
  },
};

/** @param partly events whose time is known to a span that reaches out of the window */
export function caveatsOf(events: Events, inputs: Given, numbers: Numbers, partly: number): Caveat[] {
  const layers = events.selected.map(({ layer }) => layer);
  return [
    ...modelled(layers),
    ...approximate(layers),
    ...tooImprecise(numbers.left_out.imprecise, inputs.eps_km * 1_000),
    ...included(events, inputs),
    ...withoutTime(numbers, inputs),
    ...mostlyOut(numbers),
    ...partlyInWindow(partly),
    ...samePlaces(numbers),
    ...(numbers.clusters > 0 ? [NO_TEST] : []),
  ];
}
