import type { Literal, Pattern, Scalar } from '../../core/cql2/ast.ts';
import { isArithmetic, isFolded } from '../../core/cql2/kinds.ts';
import { type Sql, sql } from '../sql.ts';
import { calculate } from './arithmetic.ts';
import { columnOf, propertyOf, type Subject } from './columns.ts';
import { folded } from './fold.ts';

/** The sides of one comparison. */
export function scalars(args: readonly Scalar[], subject: Subject): Sql[] {
  const isInteger = args.some((arg) => propertyOf(arg, subject)?.type === 'integer');
  return args.map((arg) => scalar(arg, subject, isInteger));
}

function scalar(arg: Scalar, subject: Subject, isInteger: boolean): Sql {
  const property = columnOf(arg, subject);
  if (property) return property;
  if (isArithmetic(arg)) {
    const [left, right] = arg.args.map((side) => scalar(side, subject, false)) as [Sql, Sql];
    return calculate(arg.op, left, right);
  }
  if (isFolded(arg)) return folded(arg.op, scalar(arg.args[0], subject, false));
  return parameter(arg as Literal, isInteger);
}

export function pattern(value: Pattern): Sql {
  return typeof value === 'string' ? sql`${value}::text` : folded(value.op, pattern(value.args[0]));
}

/** A whole number beside an integer column is a bigint, so that an index on the column serves; 2.5 stays what it is. */
function parameter(literal: Literal, isInteger: boolean): Sql {
  switch (typeof literal) {
    case 'string':
      return sql`${literal}::text`;
    case 'boolean':
      return sql`${literal}::boolean`;
    case 'number':
      return isInteger && Number.isSafeInteger(literal) ? sql`${literal}::bigint` : sql`${literal}::float8`;
    default:
      return 'date' in literal ? sql`${literal.date}::date` : sql`${literal.timestamp}::timestamptz`;
  }
}
