import type { Style } from '../layer.ts';

/** A sequential scale, light to dark, and the smallest count of each colour. */
export type Scale = Pick<Extract<Style, { type: 'hexagons' }>, 'ramp' | 'breaks'>;

/** Lower bounds of the classes where a layer names none: each about twice the one before, and easy to say. */
const ONE_TWO_FIVE = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** For layers of points that are too many to be drawn one by one from afar. */
export const MANY_POINTS: Scale = {
  ramp: ['#dcd7ec', '#b9aed8', '#9582c1', '#7359a8', '#54358a', '#371a66'],
  breaks: [1, 10, 100, 1000, 10_000, 100_000],
};

/**
 * The classes of the scale: each colour with the smallest count that it stands for. The bounds are the same at every
 * zoom and in every window, so that a colour always means the same count per hexagon.
 */
export function hexagonClasses(scale: Scale): { from: number; color: string }[] {
  const bounds = scale.breaks ?? ONE_TWO_FIVE;
  return scale.ramp.map((color, index) => ({ from: bounds[index] ?? Number.POSITIVE_INFINITY, color }));
}
