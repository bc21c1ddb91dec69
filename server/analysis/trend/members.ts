import type { SeriesOf } from './inputs.ts';

/** What a series and its slopes are called in the numbers, and in which unit. */
export interface Member {
  /** Of the list of what each step has. */
  readonly list: string;
  readonly unit: string;
  readonly slope: string;
  /** A value of the series as it is listed, of one that is counted in pieces, metres or square metres. */
  readonly scale: number;
  readonly decimals: number;
  readonly about: string;
}

type Of = SeriesOf;
type As = 'count' | 'rate';

/** Each kind of series as it is and as a rate. */
export const MEMBERS = {
  events: {
    count: { list: 'series', unit: '1', slope: 'slope', scale: 1, decimals: 3, about: 'What is counted in this step.' },
    rate: {
      list: 'rates',
      unit: '1/1000 km2/month',
      slope: 'rate_slope',
      scale: 1,
      decimals: 6,
      about: 'Of this step.',
    },
  },
  'in-force': {
    count: {
      list: 'series',
      unit: '1',
      slope: 'slope',
      scale: 1,
      decimals: 3,
      about: 'What is in force in this step.',
    },
    rate: {
      list: 'densities',
      unit: '1/1000 km2',
      slope: 'density_slope',
      scale: 1,
      decimals: 6,
      about: 'What is in force in this step, by area.',
    },
  },
  length: {
    count: {
      list: 'km',
      unit: 'km',
      slope: 'km_slope',
      scale: 1e-3,
      decimals: 3,
      about: 'Of lines in force in this step.',
    },
    rate: {
      list: 'km_densities',
      unit: 'km/1000 km2',
      slope: 'km_density_slope',
      scale: 1e-3,
      decimals: 6,
      about: 'Of lines in force in this step, by area.',
    },
  },
  area: {
    count: {
      list: 'km2',
      unit: 'km2',
      slope: 'km2_slope',
      scale: 1e-6,
      decimals: 3,
      about: 'That polygons in force in this step cover, each piece once.',
    },
    rate: {
      list: 'shares',
      unit: '1',
      slope: 'share_slope',
      scale: 1e-6,
      decimals: 6,
      about: 'Of the area that polygons in force in this step cover.',
    },
  },
} as const satisfies Record<Of, Record<As, Member>>;

type AnyMember = (typeof MEMBERS)[Of][As];
export type ListName = AnyMember['list'];
export type SlopeName = AnyMember['slope'];

/** Each once: two kinds of series are called the same. */
export const ALL_MEMBERS: readonly AnyMember[] = [
  ...new Map(
    Object.values(MEMBERS)
      .flatMap(({ count, rate }): AnyMember[] => [count, rate])
      .map((member): [string, AnyMember] => [member.list, member])
      .toReversed(),
  ).values(),
].toReversed();
