import type { Place } from '../feature.ts';
import { shown } from '../text/issue.ts';
import { classify, type Kind } from './classify.ts';
import type { DateOrder } from './parse-date.ts';

export interface Example {
  readonly value: string;
  readonly place: Place;
}

/** Different values that are remembered: beyond, a column is no enumeration. */
const DISTINCT = 40;
const LONGEST_VALUE = 80;

/** What was counted of a column: plain data, which may come from another thread. */
export interface ColumnCounts {
  readonly kinds: ReadonlyMap<Kind, { readonly count: number; readonly first: Example; readonly at: number }>;
  readonly fromText: number;
  readonly decimalCommas: number;
  readonly orders: Readonly<Record<DateOrder, number>>;
  readonly distinct: ReadonlyMap<string, number> | null;
  readonly seen: number;
}

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

  counts(): ColumnCounts {
    const { kinds, fromText, decimalCommas, orders, distinct } = this;
    return { kinds, fromText, decimalCommas, orders, distinct, seen: this.#seen };
  }

  /** Adds what was counted of the values that follow: the same as to add these one by one. */
  merge({ kinds, fromText, decimalCommas, orders, distinct, seen }: ColumnCounts): void {
    for (const [kind, { count, first, at }] of kinds) {
      const known = this.kinds.get(kind);
      if (known) known.count += count;
      else this.kinds.set(kind, { count, first, at: this.#seen + at });
    }
    this.#seen += seen;
    this.fromText += fromText;
    this.decimalCommas += decimalCommas;
    for (const order of Object.keys(orders) as DateOrder[]) this.orders[order] += orders[order];
    if (!distinct) this.distinct = null;
    else for (const [text, count] of distinct) this.#remember(text, count);
  }

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

  #remember(text: string, count = 1): void {
    if (!this.distinct) return;
    this.distinct.set(text, (this.distinct.get(text) ?? 0) + count);
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
