import { InvalidParameter } from '../../core/errors.ts';

/** Numbers of one answer: more could not be read, and others would wait while they are written. */
const MAX_NUMBERS = 100_000;
/** Of each unit and collection, about so many beside the series: counts, sums, rates and their bounds. */
const WITHOUT_SERIES = 10;

const shown = (value: number) => value.toLocaleString('en');

/** @throws InvalidParameter which names the limit and what to do */
export function checkSize(units: number, collections: number, steps: number): void {
  const numbers = units * collections * (WITHOUT_SERIES + steps);
  if (numbers <= MAX_NUMBERS) return;
  const detail = `Units: ${shown(units)}, collections: ${shown(collections)}, steps: ${shown(steps)}. This makes about ${shown(numbers)} numbers; at most ${shown(MAX_NUMBERS)} are given. Take fewer units, longer steps, a shorter window or a smaller place.`;
  throw new InvalidParameter([{ pointer: steps > 0 ? '/inputs/step' : '/inputs/layers', detail }]);
}
