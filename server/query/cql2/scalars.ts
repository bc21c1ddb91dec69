import type { Literal, Pattern, Scalar } from '../../core/cql2/ast.ts';
import { isArithmetic, isFolded, isLiteral } from '../../core/cql2/kinds.ts';
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

/** Literals of one type as one array: a list of thousands is one parameter. Nothing when they are not that. */
export function literals(list: readonly Scalar[], value: Scalar, subject: Subject): Sql | undefined {
  if (!list.every(isLiteral)) return undefined;
  const isInteger = propertyOf(value, subject)?.type === 'integer';
  const [first, ...others] = list.map((literal) => typed(literal, isInteger));
  if (!first || others.some(({ type }) => type !== first.type)) return undefined;
  return sql`${[first, ...others].map((literal) => literal.value)}::${ARRAY[first.type]}`;
}

const CAST = {
  text: sql`text`,
  boolean: sql`boolean`,
  bigint: sql`bigint`,
  float8: sql`float8`,
  date: sql`date`,
  timestamptz: sql`timestamptz`,
} as const;

const ARRAY = {
  text: sql`text[]`,
  boolean: sql`boolean[]`,
  bigint: sql`bigint[]`,
  float8: sql`float8[]`,
  date: sql`date[]`,
  timestamptz: sql`timestamptz[]`,
} as const;

interface Typed {
  readonly type: keyof typeof CAST;
  readonly value: unknown;
}

function parameter(literal: Literal, isInteger: boolean): Sql {
  const { type, value } = typed(literal, isInteger);
  return sql`${value}::${CAST[type]}`;
}

/** A whole number beside an integer column is a bigint, so that an index on the column serves; 2.5 stays what it is. */
function typed(literal: Literal, isInteger: boolean): Typed {
  switch (typeof literal) {
    case 'string':
      return { type: 'text', value: literal };
    case 'boolean':
      return { type: 'boolean', value: literal };
    case 'number':
      return { type: isInteger && Number.isSafeInteger(literal) ? 'bigint' : 'float8', value: literal };
    default:
      return 'date' in literal
        ? { type: 'date', value: literal.date }
        : { type: 'timestamptz', value: literal.timestamp };
  }
}
