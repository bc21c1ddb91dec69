import { z } from 'zod';
import type { Localized } from '../core/layer.ts';
import { inWords } from './words.ts';

/** From a number to another, which it leaves out: 100 belongs to [100, 101). */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** Numbers that rise, of which each but the last begins a band. */
export function edgesSchema(most: number, bands: number) {
  return z
    .array(z.number().min(0).max(most))
    .min(2)
    .max(bands + 1)
    .refine((edges) => edges.every((edge, index) => edge > (edges[index - 1] ?? -1)), 'rise from one to the next');
}

/** An edge in metres, to 0.1 mm as distances are: 1.001 km is 1,001 m, and not a crumb less. */
export const toMetres = (km: number): number => Math.round(km * 1e7) / 1e4;

/** The bands between edges. */
export function bandsOf(edges: readonly number[]): Band[] {
  return edges.slice(1).map((to, index) => ({ from: edges[index] as number, to }));
}

/** The number of the band in which a value lies; -1: in none. */
export function bandOf(edges: readonly number[], value: number): number {
  if (!(value >= (edges[0] as number))) return -1;
  const next = edges.findIndex((edge) => value < edge);
  return next < 0 ? -1 : next - 1;
}

/** A half-open interval as it is written: `[0, 7) days`, `[0 ; 7[ jours`; without an end `50 km and more`. */
export function bandInWords({ from, to }: Band | { from: number; to?: undefined }, unit: Localized): Localized {
  const [en, fr] = [inWords('en'), inWords('fr')];
  if (to === undefined)
    return { en: `${en.number(from, 3)} ${unit.en} and more`, fr: `${fr.number(from, 3)} ${unit.fr} et plus` };
  return {
    en: `[${en.number(from, 3)}, ${en.number(to, 3)}) ${unit.en}`,
    fr: `[${fr.number(from, 3)} ; ${fr.number(to, 3)}[ ${unit.fr}`,
  };
}
