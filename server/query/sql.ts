import { createHash } from 'node:crypto';

/** A statement as `pg` takes it: text with `$1 ... $n`, and the values behind them. */
export interface Query {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Of a statement that a connection prepares once and plans once, for all values. */
  readonly name?: string;
  /** Rows come as arrays of values in the order of the columns: for many rows of many columns. */
  readonly rowMode?: 'array';
}

/**
 * Executes a query. `server/db` provides it; everything above sees only this. When the signal aborts (the client went
 * away), the query is cancelled in PostgreSQL and the promise rejects with RequestAborted. `onStart` is called when others
 * have been waited for, and the query begins.
 */
export type Run = <Row = Record<string, unknown>>(
  query: Query,
  signal?: AbortSignal,
  onStart?: () => void,
) => Promise<Row[]>;

/** Runs the work in one transaction: all of it holds, or nothing does, as when the signal aborts before its end. */
export type Transaction = <T>(work: (run: Run) => Promise<T>, signal?: AbortSignal) => Promise<T>;

const FRAGMENT = Symbol('sql');

/** A piece of SQL made by the `sql` tag. Nothing else can be put into a statement unescaped. */
export interface Sql {
  readonly [FRAGMENT]: true;
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && FRAGMENT in value;
}

/** Text and values of a fragment in the making: one text more than there are values. */
class Pieces {
  readonly #texts: string[] = [];
  readonly #values: unknown[] = [];
  #last: string;

  constructor(first = '') {
    this.#last = first;
  }

  text(text: string): void {
    this.#last += text;
  }

  value(value: unknown): void {
    this.#texts.push(this.#last);
    this.#values.push(value);
    this.#last = '';
  }

  fragment({ strings, values }: Sql): void {
    this.text(strings[0] as string);
    for (const [index, value] of values.entries()) {
      this.value(value);
      this.text(strings[index + 1] as string);
    }
  }

  done(): Sql {
    return { [FRAGMENT]: true, strings: [...this.#texts, this.#last], values: this.#values };
  }
}

/**
 * Template tag: an interpolated `Sql` is spliced in, anything else becomes a parameter.
 * A number that is not finite is refused here, whatever the caller checked: `ST_Buffer(geom, 'NaN')` ends a whole
 * PostgreSQL 15 server.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  const pieces = new Pieces(strings[0] as string);
  for (const [index, part] of parts.entries()) {
    if (isSql(part)) {
      pieces.fragment(part);
    } else {
      if (typeof part === 'number' && !Number.isFinite(part)) throw new RangeError('a number in SQL must be finite');
      pieces.value(part);
    }
    pieces.text(strings[index + 1] as string);
  }
  return pieces.done();
}

/** Quotes an identifier. Callers pass names from the catalogue only, never from a request. */
export function ident(...path: readonly string[]): Sql {
  const quoted = path.map((name) => `"${name.replaceAll('"', '""')}"`).join('.');
  return { [FRAGMENT]: true, strings: [quoted], values: [] };
}

export const EMPTY: Sql = sql``;

/** Joins fragments with a fixed separator written in the code: each is copied once, for a list may have thousands. */
export function join(fragments: readonly Sql[], separator: Sql): Sql {
  const pieces = new Pieces();
  for (const [index, fragment] of fragments.entries()) {
    if (index > 0) pieces.fragment(separator);
    pieces.fragment(fragment);
  }
  return pieces.done();
}

/** `a AND b AND ...`; TRUE when there is nothing to ask. */
export function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`TRUE` : join(conditions, sql` AND `);
}

/** `, a, b`: further entries of a list that has already begun. */
export function more(entries: readonly Sql[]): Sql {
  return entries.length === 0 ? EMPTY : sql`, ${join(entries, sql`, `)}`;
}

/** Numbers the parameters: the last step of every builder. */
export function toQuery(fragment: Sql): Query {
  return {
    text: fragment.strings.reduce((text, next, index) => (index === 0 ? next : `${text}$${index}${next}`), ''),
    values: fragment.values,
  };
}

/**
 * A query that PostgreSQL plans once: for look-ups by key, whose planning takes longer than their work. Not for what a
 * request narrows: a plan for any window at all is the wrong one for most (measured: 88 ms instead of 4).
 */
export function toNamedQuery(fragment: Sql): Query & { readonly name: string } {
  const query = toQuery(fragment);
  return { ...query, name: createHash('sha256').update(query.text).digest('base64url') };
}
