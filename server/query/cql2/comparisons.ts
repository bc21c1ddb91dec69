import type { Between, Comparison, In, Like, Scalar } from '../../core/cql2/ast.ts';
import { isFolded } from '../../core/cql2/kinds.ts';
import { join, type Sql, sql } from '../sql.ts';
import { propertyOf, type Subject } from './columns.ts';
import { literals, pattern, scalars } from './scalars.ts';

const ORDER = { '<': sql`<`, '<=': sql`<=`, '>': sql`>`, '>=': sql`>=` } as const;

export function compare({ op, args }: Comparison, subject: Subject): Sql {
  if (op === '=') return equals(args, subject);
  if (op === '<>' && isListed(args, subject)) return sql`NOT (${equals(args, subject)})`;
  const [left, right] = scalars(args, subject);
  if (op === '<>') return sql`${left} <> ${right}`;
  return sql`${left}${byCodePoint(args, subject)} ${ORDER[op]} ${right}`;
}

/** Equality, or membership where a side is a list: unknown when the list is NULL, false of any text when it is empty. */
export function equals(args: readonly [Scalar, Scalar], subject: Subject): Sql {
  const [left, right] = scalars(args, subject);
  if (!isListed(args, subject)) return sql`${left} = ${right}`;
  return isStrings(args[0], subject) ? sql`${right} = ANY(${left})` : sql`${left} = ANY(${right})`;
}

export function isIn({ args: [value, list] }: In, subject: Subject): Sql {
  if (isListed([value, ...list], subject)) {
    const each = list.map((member) => equals([value, member], subject));
    return sql`(${join(each, sql` OR `)})`;
  }
  const written = literals(list, value, subject);
  if (written) return sql`${scalars([value], subject)[0]} = ANY(${written})`;
  const [left, ...members] = scalars([value, ...list], subject);
  return sql`${left} IN (${join(members, sql`, `)})`;
}

export function between({ args }: Between, subject: Subject): Sql {
  const [value, low, high] = scalars(args, subject);
  return sql`${value}${byCodePoint(args, subject)} BETWEEN ${low} AND ${high}`;
}

export function like({ args: [value, wanted] }: Like, subject: Subject): Sql {
  return sql`${scalars([value], subject)[0]} LIKE ${pattern(wanted)} ESCAPE '\\'`;
}

const isStrings = (arg: Scalar, subject: Subject) => propertyOf(arg, subject)?.type === 'strings';

const isListed = (args: readonly Scalar[], subject: Subject) => args.some((arg) => isStrings(arg, subject));

/** Text is ordered by code point whatever the database's locale, so that every installation selects the same records. */
function byCodePoint(args: readonly Scalar[], subject: Subject): Sql {
  const isText = args.some(
    (arg) => typeof arg === 'string' || isFolded(arg) || propertyOf(arg, subject)?.type === 'string',
  );
  return isText ? sql` COLLATE "C"` : sql``;
}
