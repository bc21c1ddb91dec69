import type { AndOr, Arithmetic, Expression, Not, Predicate, Scalar, Test } from './ast.ts';
import { isArithmetic, isList, isScalar } from './kinds.ts';
import { printLiteral } from './print-literal.ts';

/**
 * A tree as CQL2 text: `parseFilter(printText(tree)).predicate` equals `tree`. Keywords in capitals; brackets only where
 * CQL2 or the shape of the tree needs them. Never throws.
 */
export function printText(predicate: Predicate): string {
  if (typeof predicate === 'boolean') return printLiteral(predicate);
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

function printTest(test: Test, not: '' | 'NOT '): string {
  switch (test.op) {
    case 'like':
      return `${print(test.args[0])} ${not}LIKE ${print(test.args[1] as Scalar)}`;
    case 'between':
      return `${print(test.args[0])} ${not}BETWEEN ${print(test.args[1])} AND ${print(test.args[2])}`;
    case 'in':
      return `${print(test.args[0])} ${not}IN ${print(test.args[1])}`;
    case 'isNull':
      return `${isScalar(test.args[0]) ? print(test.args[0]) : bracketed(test.args[0])} IS ${not}NULL`;
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return `${not}${print(test.args[0])} ${test.op} ${print(test.args[1])}`;
    default:
      return `${not}${test.op.toUpperCase()}(${test.args.map(print).join(', ')})`;
  }
}

/** AND binds tighter than OR. The same operator nested in itself keeps its brackets, or the tree would come back flat. */
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

/** A condition that is asked whether it is known. */
function bracketed(expression: Expression): string {
  const isCondition = typeof expression === 'object' && 'op' in expression && !isScalar(expression);
  return isCondition ? `(${printText(expression as Predicate)})` : print(expression);
}

/** A value of any kind. */
function print(expression: Expression): string {
  if (isList(expression)) return `(${expression.map(print).join(', ')})`;
  if (typeof expression !== 'object' || !('op' in expression)) return printLiteral(expression);
  if (isArithmetic(expression)) return printArithmetic(expression);
  return `${expression.op.toUpperCase()}(${(expression.args as readonly Expression[]).map(print).join(', ')})`;
}

const BINDING: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, div: 2, '^': 3 };

/** From the left: what is on the right and binds no tighter keeps its brackets; powers keep them on either side. */
function printArithmetic({ op, args: [left, right] }: Arithmetic): string {
  const own = BINDING[op] ?? 0;
  const side = (scalar: Scalar, least: number) => {
    const isLoose = isArithmetic(scalar) && (BINDING[scalar.op] ?? 0) < least;
    return isLoose ? `(${print(scalar)})` : print(scalar);
  };
  return `${side(left, op === '^' ? own + 1 : own)} ${op} ${side(right, own + 1)}`;
}
