import { z } from 'zod';
import { toQuantity } from '../quantity.ts';

/** What the score is made of, in the order in which it is told. */
export const COMPONENTS = ['attacks', 'killed', 'corridor', 'contested', 'trend'] as const;
export type Component = (typeof COMPONENTS)[number];
export type ByComponent = Readonly<Record<Component, number>>;

const DECIMALS = 4;
const weight = (value: number, description: string, description_fr: string) =>
  z.number().min(0).max(100).default(value).meta({ description, description_fr });
const half = (value: number, description: string, description_fr: string) =>
  z.number().min(0.001).max(1_000_000).default(value).meta({ description, description_fr });

/** By how much each component counts. A weight of 0 takes it out; where all are 0 there is no score. */
export const WeightsSchema = z
  .strictObject({
    attacks: weight(
      0.4,
      'Of attacks: a / (a + half.attacks), where a are the comparable attacks.',
      'Des attaques : a / (a + half.attacks), où a sont les attaques comparables.',
    ),
    killed: weight(
      0.2,
      'Of the killed: k / (k + half.killed), where k are the comparable killed.',
      'Des tués : k / (k + half.killed), où k sont les tués comparables.',
    ),
    corridor: weight(
      0.2,
      'Of the nearest corridor: half.corridor_km / (half.corridor_km + km); 0 where there is none.',
      'Du corridor le plus proche : half.corridor_km / (half.corridor_km + km) ; 0 s’il n’y en a pas.',
    ),
    contested: weight(
      0.1,
      'Of contested ground: the share of it that is contested or has several actors; of a point 0 or 1.',
      'Du terrain contesté : la part qui en est contestée ou qui a plusieurs acteurs ; d’un point 0 ou 1.',
    ),
    trend: weight(
      0.1,
      'Of the trend: (last - first) / (last + first + half.trend) of both halves, and 0 where it falls.',
      'De la tendance : (last - first) / (last + first + half.trend) des deux moitiés, et 0 si elle baisse.',
    ),
  })
  .prefault({})
  .meta({
    description: 'The score is the sum of weight x component, each of which is from 0 to 1.',
    description_fr: 'Le score est la somme des poids x composantes, chaque composante allant de 0 à 1.',
  });

/** At which value a component is one half. */
export const HalfSchema = z
  .strictObject({
    attacks: half(
      10,
      'Comparable attacks at which that component is 1/2.',
      'Attaques comparables pour lesquelles cette composante vaut 1/2.',
    ),
    killed: half(
      20,
      'Comparable killed at which that component is 1/2.',
      'Tués comparables pour lesquels cette composante vaut 1/2.',
    ),
    corridor_km: half(
      25,
      'Distance in km at which that component is 1/2.',
      'Distance en km à laquelle cette composante vaut 1/2.',
    ),
    trend: half(
      10,
      'Added to the attacks of both halves, so that few of them make no trend.',
      'Ajouté aux attaques des deux moitiés, pour que peu d’entre elles ne fassent pas une tendance.',
    ),
  })
  .prefault({})
  .meta({ description: 'The constants in the components.', description_fr: 'Les constantes des composantes.' });
export type Half = z.output<typeof HalfSchema>;

/** What is known of one record, as far as the score reads it. */
export interface Measures {
  readonly comparableAttacks: number;
  readonly comparableKilled: number;
  /** Absent: there is no corridor. */
  readonly corridorKm?: number | undefined;
  /** 0 to 1. */
  readonly contestedShare: number;
  readonly firstHalf: number;
  readonly lastHalf: number;
}

export interface Score {
  /** 0 to 1. */
  readonly components: ByComponent;
  /** Weight x component. */
  readonly parts: ByComponent;
  /** The sum of the parts as they stand; absent: all weights are 0. */
  readonly score?: number;
}

function componentsOf(measures: Measures, half: Half): ByComponent {
  const { comparableAttacks: attacks, comparableKilled: killed, corridorKm, firstHalf, lastHalf } = measures;
  return {
    attacks: attacks / (attacks + half.attacks),
    killed: killed / (killed + half.killed),
    corridor: corridorKm === undefined ? 0 : half.corridor_km / (half.corridor_km + corridorKm),
    contested: measures.contestedShare,
    trend: Math.max(0, (lastHalf - firstHalf) / (lastHalf + firstHalf + half.trend)),
  };
}

const each = (of: (component: Component) => number): ByComponent =>
  Object.fromEntries(COMPONENTS.map((component) => [component, toQuantity(of(component), DECIMALS)])) as ByComponent;

/** Everything is rounded before it is used again, so that whoever checks the sum by hand comes to the same. */
export function scoreOf(measures: Measures, weights: ByComponent, half: Half): Score {
  const exact = componentsOf(measures, half);
  const components = each((component) => exact[component]);
  const parts = each((component) => weights[component] * components[component]);
  if (COMPONENTS.every((component) => weights[component] === 0)) return { components, parts };
  const sum = COMPONENTS.reduce((total, component) => total + parts[component], 0);
  return { components, parts, score: toQuantity(sum, DECIMALS) };
}

/**
 * Events near a line are more than near a point only because there is more ground: brought to the ground near a point, a disc
 * of radius d, of the strip of a line of length L, which is 2 d L + pi d^2 (ends rounded).
 */
export function comparable(count: number, lengthKm: number, withinKm: number): number {
  return count / (1 + (2 * lengthKm) / (Math.PI * withinKm));
}
