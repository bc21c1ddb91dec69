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
 * away), the query is cancelled in PostgreSQL and the promise rejects with RequestAborted.
 */
export type Run = <Row = Record<string, unknown>>(query: Query, signal?: AbortSignal) => Promise<Row[]>;

/** Runs the work in one transaction: all of it holds, or nothing does. */
export type Transaction = <T>(work: (run: Run) => Promise<T>) => Promise<T>;

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

function append(texts: string[], text: string): void {
  texts[texts.length - 1] = `${texts.at(-1)}${text}`;
}

/**
 * Template tag: an interpolated `Sql` is spliced in, anything else becomes a parameter.
 * A number that is not finite is refused here, whatever the caller checked: `ST_Buffer(geom, 'NaN')` ends a whole
 * PostgreSQL 15 server.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  const texts: string[] = [strings[0] as string];
  const values: unknown[] = [];
  parts.forEach((part, index) => {
    const after = strings[index + 1] as string;
    if (isSql(part)) {
      append(texts, part.strings[0] as string);
      part.values.forEach((value, k) => {
        values.push(value);
        texts.push(part.strings[k + 1] as string);
      });
      append(texts, after);
    } else {
      if (typeof part === 'number' && !Number.isFinite(part)) throw new RangeError('a number in SQL must be finite');
      values.push(part);
      texts.push(after);
    }
  });
  return { [FRAGMENT]: true, strings: texts, values };
}

/** Quotes an identifier. Callers pass names from the catalogue only, never from a request. */
export function ident(...path: readonly string[]): Sql {
  const quoted = path.map((name) => `"${name.replaceAll('"', '""')}"`).join('.');
  return { [FRAGMENT]: true, strings: [quoted], values: [] };
}

export const EMPTY: Sql = sql``;

/** Joins fragments with a fixed separator written in the code. */
export function join(fragments: readonly Sql[], separator: Sql): Sql {
  return fragments.reduce((joined, next, index) => (index === 0 ? next : sql`${joined}${separator}${next}`), EMPTY);
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
