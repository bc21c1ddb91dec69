export const YEARS = [2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022] as const;
export const KINDS = ['ied', 'indirect_fire', 'small_arms', 'complex'] as const;
export const ZONES = ['north', 'centre', 'south'] as const;
/** Targets other than the mission; first those that are bound to a part of the country most. */
export const OTHER_TARGETS = ['armed_groups', 'international_forces', 'civilians', 'national_forces'] as const;

export type Year = (typeof YEARS)[number];
export type Kind = (typeof KINDS)[number];
export type Zone = (typeof ZONES)[number];
export type OtherTarget = (typeof OTHER_TARGETS)[number];
export type Target = OtherTarget | 'minusma';

/** Values at the first, the middle and the last year. */
export type Course = readonly [number, number, number];

/** A course at a year, by straight lines between its three values. */
export function at([first, middle, last]: Course, year: number): number {
  const [start, end] = [YEARS[0], YEARS[YEARS.length - 1] as number];
  const half = (end - start) / 2;
  const position = (year - start) / half;
  return position <= 1 ? first + (middle - first) * position : middle + (last - middle) * (position - 1);
}
