import { InvalidParameter } from '../core/errors.ts';
import type { Interval } from '../core/interval.ts';
import type { Step } from '../query/analysis/summary/points.ts';

/** A calendar step of a window, half-open, days in UTC. */
export interface TimeStep {
  readonly from: string;
  readonly to: string;
  /** Whether it lies in the window as a whole: others are cut, and not compared. */
  readonly isWhole: boolean;
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
/** Of a time series: more is none that anybody reads. */
const MAX_STEPS = 600;

const refuse = (detail: string) => new InvalidParameter([{ pointer: '/inputs/step', detail }]);
/** Of a month that is counted from the year 0. `Date.UTC` takes years below 100 for those of the 20th century. */
const startOf = (month: number) => new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1);
const day = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The steps that meet a window, in order. @throws InvalidParameter for a window that is open, or too long */
export function toSteps({ from, to }: Interval, step: Step): TimeStep[] {
  if (from === null || to === null)
    throw refuse('A time series needs events that have a time, and a window: give datetime.');
  const [begin, end] = [new Date(from), Date.parse(to)];
  const length = MONTHS[step];
  const first = begin.getUTCFullYear() * 12 + begin.getUTCMonth();
  const steps: TimeStep[] = [];
  for (let month = first - (first % length); startOf(month) < end; month += length) {
    if (steps.length === MAX_STEPS) throw refuse(`The window has more than ${MAX_STEPS} steps: take longer ones.`);
    const [start, next] = [startOf(month), startOf(month + length)];
    steps.push({ from: day(start), to: day(next), isWhole: start >= begin.getTime() && next <= end });
  }
  return steps;
}

/**
 * Finds the step in which a span of months lies as a whole: its place, or -1. Months are counted from the year 0.
 * @param steps one after the other
 */
export function stepFinder(step: Step, steps: readonly TimeStep[]) {
  const [year, month] = (steps[0]?.from ?? '0001-01').split('-').map(Number) as [number, number];
  const [start, length] = [year * 12 + month - 1, MONTHS[step]];
  return (firstMonth: number, endMonth: number): number => {
    const place = Math.floor((firstMonth - start) / length);
    return place >= 0 && place < steps.length && endMonth <= start + (place + 1) * length ? place : -1;
  };
}
