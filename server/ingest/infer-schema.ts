import type { Place } from './feature.ts';
import type { Kind } from './infer-schema/classify.ts';
import { type ColumnCounts, ColumnTally, type Example } from './infer-schema/column-tally.ts';

export type InferredType = 'integer' | 'number' | 'boolean' | 'date' | 'datetime' | 'text' | 'enumeration' | 'json';

export interface InferredColumn {
  readonly name: string;
  readonly type: InferredType;
  /** Values there are, and those that are null, blank, missing in their record or a word such as NA. */
  readonly values: number;
  readonly nulls: number;
  /** Values that are not of the type, and the first of them. */
  readonly misfits: number;
  readonly firstMisfit: Example | null;
  /** Values of the type that came as text: "12" for 12. */
  readonly fromText: number;
  /** Numbers with a comma for the point. */
  readonly decimalCommas: number;
  /** Of dates like 03/04/2020: `ambiguous` when all fit both orders, `mixed` when some fit only one and some the other. */
  readonly dateOrder: 'day-month' | 'month-day' | 'ambiguous' | 'mixed' | null;
  /** Of an enumeration, by falling number. */
  readonly categories: readonly { readonly value: string; readonly count: number }[] | null;
}

/** So many of the values decide the type; the others are said to be misfits. */
const MOST = 0.95;

/** From the narrowest: the first whose kinds most of the values are. */
const CANDIDATES: readonly (readonly [InferredType, readonly Kind[]])[] = [
  ['integer', ['integer']],
  ['number', ['integer', 'number']],
  ['boolean', ['boolean']],
  ['date', ['date']],
  ['datetime', ['date', 'datetime']],
  ['json', ['json']],
];

const TEXT_KINDS: readonly Kind[] = ['integer', 'number', 'boolean', 'date', 'datetime', 'text', 'absent'];

/** Columns seen; more are not followed, as each takes memory: a file whose every record has names of its own. */
const MOST_COLUMNS = 2_000;

/** What was counted of some records: plain data, which may come from another thread. */
export interface SchemaCounts {
  /** In the order in which they were first seen. */
  readonly columns: readonly (readonly [name: string, counts: ColumnCounts])[];
  readonly records: number;
}

/** Finds the type of each column of a file, record by record, holding none of them. */
export class SchemaInference {
  readonly #columns = new Map<string, ColumnTally>();
  #records = 0;
  /** Names of columns beyond the first 2,000 are only counted. */
  dropped = 0;

  add(properties: Readonly<Record<string, unknown>>, place: Place): void {
    for (const name of Object.keys(properties)) {
      let tally = this.#columns.get(name);
      if (!tally) {
        if (this.#columns.size >= MOST_COLUMNS) {
          this.dropped += 1;
          continue;
        }
        tally = new ColumnTally();
        this.#columns.set(name, tally);
      }
      tally.add(properties[name], place);
    }
    this.#records += 1;
  }

  /** Null: there are more columns than are followed, and what is known of them does not tell all. */
  counts(): SchemaCounts | null {
    if (this.dropped > 0) return null;
    const columns = [...this.#columns].map(([name, tally]) => [name, tally.counts()] as const);
    return { columns, records: this.#records };
  }

  /** Whether `merge` comes to the same as to add the records one by one. */
  canMerge({ columns }: SchemaCounts): boolean {
    const unknown = columns.filter(([name]) => !this.#columns.has(name));
    return this.#columns.size + unknown.length <= MOST_COLUMNS;
  }

  /** Adds what was counted of the records that follow. */
  merge({ columns, records }: SchemaCounts): void {
    for (const [name, counts] of columns) {
      const tally = this.#columns.get(name) ?? new ColumnTally();
      this.#columns.set(name, tally);
      tally.merge(counts);
    }
    this.#records += records;
  }

  /** In the order in which the columns were first seen. */
  result(): InferredColumn[] {
    return [...this.#columns].map(([name, tally]) => toColumn(name, tally, this.#records));
  }
}

function toColumn(name: string, tally: ColumnTally, records: number): InferredColumn {
  const all = [...tally.kinds.values()].reduce((sum, { count }) => sum + count, 0);
  const absent = tally.count('absent');
  const telling = all - absent;
  const candidate = telling > 0 ? CANDIDATES.find(([type, kinds]) => fits(tally, type, kinds, telling)) : undefined;
  const categories = candidate ? null : toCategories(tally, all);
  const kinds = candidate ? [...candidate[1], 'absent' as const] : TEXT_KINDS;
  const type = candidate?.[0] ?? (categories ? 'enumeration' : 'text');
  const values = candidate ? telling : all;
  const misfits = all - tally.count(...kinds);
  return {
    name,
    type,
    values,
    nulls: records - values,
    misfits,
    firstMisfit: misfits > 0 ? tally.firstOutside(kinds) : null,
    fromText: candidate ? tally.fromText - absent : 0,
    decimalCommas: type === 'number' ? tally.decimalCommas : 0,
    dateOrder: type === 'date' || type === 'datetime' ? toDateOrder(tally) : null,
    categories,
  };
}

/** A few numbers with decimals make a column of numbers, not one of integers with misfits; the same for times of day. */
function fits(tally: ColumnTally, type: InferredType, kinds: readonly Kind[], telling: number): boolean {
  if (type === 'integer' && tally.count('number') > 0) return false;
  if (type === 'date' && tally.count('datetime') > 0) return false;
  return tally.count(...kinds) >= MOST * telling;
}

/** Few values that come again and again: at most as many as a third of the records. */
function toCategories({ distinct }: ColumnTally, all: number): InferredColumn['categories'] {
  if (!distinct || distinct.size === 0 || all < 6 || distinct.size * 3 > all) return null;
  return [...distinct].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

function toDateOrder({ orders }: ColumnTally): InferredColumn['dateOrder'] {
  if (orders['day-month'] > 0 && orders['month-day'] > 0) return 'mixed';
  if (orders['day-month'] > 0) return 'day-month';
  if (orders['month-day'] > 0) return 'month-day';
  return orders.either > 0 ? 'ambiguous' : null;
}
