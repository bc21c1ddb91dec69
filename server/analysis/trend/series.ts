import { InvalidParameter } from '../../core/errors.ts';
import type { Unit } from '../summary/units.ts';

/** What is counted in each step. */
export interface Series {
  /** Events, or records in force. */
  readonly events: Float64Array;
  /** What is looked at: their number, the sum of a measure, metres of line or square metres of ground. */
  readonly values: Float64Array;
  /** Each once, in whatever steps. */
  records: number;
}

/** What is counted in all. */
export interface Found {
  /** Of all that is asked for, in units or not. */
  readonly whole: Series;
  /** By class, in the order of text; those whose class is not known last. */
  readonly classes: readonly { readonly name: string | null; readonly series: Series }[];
  readonly units: readonly { readonly unit: Unit; readonly series: Series }[];
  /** Events that are not in the whole, since they lie outside the area that a rate is of. */
  readonly outside: number;
  /** Events in none of the steps. */
  readonly inNoStep: number;
  /** Points that may lie in another unit: not in the units, unless the question includes them. */
  readonly imprecise: number;
  /** Records in force whose dates are known less well than a step. */
  readonly rough: number;
}

/** Classes of one answer: more could not be read. */
const MOST_CLASSES = 100;

/** The series of a question in the making: as a whole, by class and by unit. */
export class Gathered {
  readonly whole: Series;
  readonly classes = new Map<string | null, Series>();
  readonly units = new Map<number | string, Series>();
  readonly #empty: () => Series;

  /** @param isMeasured whether something else is looked at than how many there are */
  constructor(steps: number, isMeasured: boolean) {
    this.#empty = () => {
      const events = new Float64Array(steps);
      return { events, values: isMeasured ? new Float64Array(steps) : events, records: 0 };
    };
    this.whole = this.#empty();
  }

  /** @throws InvalidParameter where there are too many */
  ofClass(name: string | null): Series {
    const known = this.classes.get(name) ?? this.#empty();
    this.classes.set(name, known);
    if (this.classes.size <= MOST_CLASSES) return known;
    const detail = `It has more than ${MOST_CLASSES} values: narrow the question by a filter, or take another field.`;
    throw new InvalidParameter([{ pointer: '/inputs/by', detail }]);
  }

  ofUnit(key: number | string): Series {
    const known = this.units.get(key) ?? this.#empty();
    this.units.set(key, known);
    return known;
  }

  /** The classes in the order of an answer. */
  inOrder(): Found['classes'] {
    const rank = (name: string | null) => (name === null ? '\u{10ffff}' : name);
    return [...this.classes]
      .map(([name, series]) => ({ name, series }))
      .sort((a, b) => (rank(a.name) < rank(b.name) ? -1 : 1));
  }
}

const add = (values: Float64Array, from: number, to: number, value: number) => {
  for (let step = from; step < to; step++) values[step] = (values[step] as number) + value;
};

/** Counts records from one step to another, which it leaves out; -1: in none. @param value what is looked at of them */
export function addTo(series: Series, from: number, to: number, records: number, value: number): void {
  series.records += records;
  add(series.events, from, to, records);
  if (series.values !== series.events) add(series.values, from, to, value);
}
