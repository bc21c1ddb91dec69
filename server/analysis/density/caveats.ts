import { approximate, type Caveat, modelled, mostlyLeftOut, partlyInWindow, tooImprecise } from '../caveats.ts';
import { COVERED } from '../covered-area.ts';
import { isNarrowed, notCalm, type Silence } from '../reporting.ts';
import { count, inWords } from '../words.ts';
import type { Numbers } from './numbers.ts';
import type { Places } from './read-places.ts';

function included({ imprecise, bandwidth }: Places): Caveat[] {
  if (imprecise === 0) return [];
  return [
    {
      code: 'imprecise-included',
      text: {
        en: `${count('en', imprecise, 'event is', 'events are')} spread around a position that is not known to within the bandwidth of ${inWords('en').distance(bandwidth.km * 1_000)}: the surface shows more than is known.`,
        fr: `${count('fr', imprecise, 'événement est étalé', 'événements sont étalés')} autour d’une position qui n’est pas connue à la largeur du noyau près (${inWords('fr').distance(bandwidth.km * 1_000)}) : la surface montre plus que ce que l’on sait.`,
      },
    },
  ];
}

function withoutValue({ leftOut }: Places): Caveat[] {
  if (leftOut.withoutValue === 0) return [];
  return [
    {
      code: 'without-value',
      text: {
        en: `Of ${count('en', leftOut.withoutValue, 'event', 'events')} the value is not known: they add nothing, which is not the same as none.`,
        fr: `Pour ${count('fr', leftOut.withoutValue, 'événement', 'événements')}, la valeur n’est pas connue : ils n’ajoutent rien, ce qui ne veut pas dire zéro.`,
      },
    },
  ];
}

/** Fewer events than a surface can rest on. */
const FEW = 10;

function fewSpread({ events }: Numbers): Caveat[] {
  if (events >= FEW) return [];
  return [
    {
      code: 'low-count',
      text: {
        en: `Only ${count('en', events, 'event', 'events')}: the surface shows each of them rather than a density.`,
        fr: `Seulement ${count('fr', events, 'événement', 'événements')} : la surface montre chacun d’eux plutôt qu’une densité.`,
      },
    },
  ];
}

function edge({ place }: Places, { bandwidth }: Numbers): Caveat {
  const { en, fr } = place?.title ?? COVERED;
  return {
    code: 'edge',
    text: {
      en: `Events beyond the border of the study area (${en}) are not counted: within ${inWords('en').distance(bandwidth.km * 1_000)} of it the density is too low, and what is drawn beyond it comes from inside.`,
      fr: `Les événements situés au-delà de la limite de la zone étudiée (${fr}) ne sont pas comptés : à moins de ${inWords('fr').distance(bandwidth.km * 1_000)} de celle-ci, la densité est trop faible, et ce qui est tracé au-delà vient de l’intérieur.`,
    },
  };
}

const REPORTS: Caveat = {
  code: 'reports-not-danger',
  text: {
    en: 'The surface is smooth because events are spread: it shows where reports are dense, not that anything happened between them, and it is no test against chance.',
    fr: 'La surface est lisse parce que les événements sont étalés : elle montre où les rapports sont denses, non qu’il se soit passé quelque chose entre eux, et ce n’est pas un test contre le hasard.',
  },
};

/** @param partly events whose time is known to a span that reaches out of the window */
export function caveatsOf(places: Places, numbers: Numbers, silences: readonly Silence[], partly: number): Caveat[] {
  const layers = places.selected.map(({ layer }) => layer);
  const { imprecise } = places.leftOut;
  const isDefined = numbers.not_defined === undefined;
  return [
    ...modelled(layers),
    ...approximate(layers),
    ...tooImprecise(imprecise, places.bandwidth.km * 1_000),
    ...mostlyLeftOut(imprecise, numbers.events),
    ...included(places),
    ...withoutValue(places),
    ...partlyInWindow(partly),
    ...(isDefined ? [...fewSpread(numbers), edge(places, numbers), REPORTS] : []),
    ...notCalm(silences, isNarrowed(places.selected)),
  ];
}
