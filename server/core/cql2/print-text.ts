import type { AndOr, Not, Predicate, Scalar } from './ast.ts';
import { isPlainName, quoteName, quoteText } from './tokens.ts';

/**
 * A tree as CQL2 text: `parseFilter(printText(tree)).predicate` equals `tree`. Keywords in capitals; parentheses only where CQL2 or the
 * shape of the tree needs them. Never throws.
 */
export function printText(predicate: Predicate): string {
  if (typeof predicate === 'boolean') return printScalar(predicate);
  switch (predicate.op) {
    case 'and':
    case 'or':
      return printAndOr(predicate);
    case 'not':
      return printNot(predicate);
    default:
      return printTest(predicate, '');
  }
}

/** Every operator that asks something of values: its negation is written inside it, except for the comparisons. */
type Test = Exclude<Predicate, boolean | AndOr | Not>;

function printTest(test: Test, not: '' | 'NOT '): string {
  const subject = printScalar(test.args[0]);
  switch (test.op) {
    case 'like':
      return `${subject} ${not}LIKE ${quoteText(test.args[1])}`;
    case 'between':
      return `${subject} ${not}BETWEEN ${printScalar(test.args[1])} AND ${printScalar(test.args[2])}`;
    case 'in':
      return `${subject} ${not}IN (${test.args[1].map(printScalar).join(', ')})`;
    case 'isNull':
      return `${subject} IS ${not}NULL`;
    default:
      return `${not}${subject} ${test.op} ${printScalar(test.args[1])}`;
  }
}

/** AND binds tighter than OR. The same operator nested in itself keeps its parentheses, or the tree would come back flat. */
function printAndOr({ op, args }: AndOr): string {
  const loose = op === 'and' ? ['and', 'or'] : ['or'];
  return args
    .map((arg) => (isOneOf(arg, loose) ? `(${printText(arg)})` : printText(arg)))
    .join(op === 'and' ? ' AND ' : ' OR ');
}

function printNot({ args: [inner] }: Not): string {
  if (typeof inner === 'boolean') return `NOT ${printText(inner)}`;
  switch (inner.op) {
    case 'and':
    case 'or':
    case 'not':
      return `NOT (${printText(inner)})`;
    default:
      return printTest(inner, 'NOT ');
  }
}

function isOneOf(predicate: Predicate, operators: readonly string[]): boolean {
  return typeof predicate !== 'boolean' && operators.includes(predicate.op);
}

function printScalar(scalar: Scalar): string {
  if (typeof scalar === 'string') return quoteText(scalar);
  if (typeof scalar === 'number') return String(scalar);
  if (typeof scalar === 'boolean') return scalar ? 'TRUE' : 'FALSE';
  if ('date' in scalar) return `DATE(${quoteText(scalar.date)})`;
  if ('timestamp' in scalar) return `TIMESTAMP(${quoteText(scalar.timestamp)})`;
  return isPlainName(scalar.property) ? scalar.property : quoteName(scalar.property);
}
