import type { Place } from '../feature.ts';
import { shown } from '../text/issue.ts';
import { classify, type Kind } from './classify.ts';

export interface Example {
  readonly value: string;
  readonly place: Place;
}

/** Different values that are remembered: beyond, a column is no enumeration. */
const DISTINCT = 40;
const LONGEST_VALUE = 80;

/** Counts what the values of one column are, in memory that does not grow with their number. */
export class ColumnTally {
  readonly kinds = new Map<Kind, { count: number; first: Example; at: number }>();
  /** Values that came as text and are numbers, dates or booleans. */
  fromText = 0;
  decimalCommas = 0;
  readonly orders = { 'day-month': 0, 'month-day': 0, either: 0 };
  /** Null: there are too many different ones. */
  distinct: Map<string, number> | null = new Map();
  #seen = 0;

  add(value: unknown, place: Place): void {
    if (value === null || value === undefined || (typeof value === 'string' && value.trim() === '')) return;
    this.#seen += 1;
    const { kind, fromText, decimalComma, order } = classify(value);
    const known = this.kinds.get(kind);
    if (known) known.count += 1;
    else this.kinds.set(kind, { count: 1, first: { value: shown(value), place }, at: this.#seen });
    if (fromText) this.fromText += 1;
    if (decimalComma) this.decimalCommas += 1;
    if (order) this.orders[order] += 1;
    if (typeof value === 'string') this.#remember(value.trim());
  }

  #remember(text: string): void {
    if (!this.distinct) return;
    this.distinct.set(text, (this.distinct.get(text) ?? 0) + 1);
    if (text.length > LONGEST_VALUE || this.distinct.size > DISTINCT) this.distinct = null;
  }

  count(...kinds: Kind[]): number {
    return kinds.reduce((sum, kind) => sum + (this.kinds.get(kind)?.count ?? 0), 0);
  }

  /** The first value, in the order of the file, that is of none of these kinds. */
  firstOutside(kinds: readonly Kind[]): Example | null {
    const others = [...this.kinds].filter(([kind]) => !kinds.includes(kind)).map(([, seen]) => seen);
    others.sort((a, b) => a.at - b.at);
    return others[0]?.first ?? null;
  }
}
