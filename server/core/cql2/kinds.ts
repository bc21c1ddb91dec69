import type {
  Arithmetic,
  Expression,
  Folded,
  GeometryLiteral,
  IntervalLiteral,
  List,
  Literal,
  Pattern,
  Predicate,
  PropertyRef,
  Scalar,
  Spatial,
  Temporal,
} from './ast.ts';
import { ARITHMETIC, FOLDS, isOneOf } from './operators.ts';

/** What an expression is, by its shape alone: the types of fields are for `checkFilter`. */

const isObject = (expression: unknown): expression is object => typeof expression === 'object' && expression !== null;

const hasOp = (expression: Expression): expression is Extract<Expression, { op: string }> =>
  isObject(expression) && 'op' in expression;

export function isProperty(expression: Expression): expression is PropertyRef {
  return isObject(expression) && 'property' in expression;
}

export function isList(expression: Expression): expression is readonly Scalar[] {
  return Array.isArray(expression);
}

export function isInterval(expression: Expression): expression is IntervalLiteral {
  return isObject(expression) && 'interval' in expression;
}

export function isGeometry(expression: Expression): expression is GeometryLiteral {
  return isObject(expression) && ('type' in expression || 'bbox' in expression);
}

export function isArithmetic(expression: Expression): expression is Arithmetic {
  return hasOp(expression) && isOneOf(ARITHMETIC, expression.op);
}

export function isFolded(expression: Expression): expression is Folded {
  return hasOp(expression) && isOneOf(FOLDS, expression.op);
}

export function isLiteral(expression: Expression): expression is Literal {
  return !isObject(expression) || 'date' in expression || 'timestamp' in expression;
}

export function isScalar(expression: Expression): expression is Scalar {
  return isProperty(expression) || isLiteral(expression) || isArithmetic(expression) || isFolded(expression);
}

export function isPredicate(expression: Expression): expression is Predicate {
  return typeof expression === 'boolean' || (hasOp(expression) && !isScalar(expression));
}

/** Whether an operator takes the expression as an argument, by kind of argument. */
export const IS_KIND = {
  scalar: (expression: Expression): expression is Scalar => isScalar(expression),
  /** A text, or what may turn out to be one. */
  character: (expression: Expression): expression is Scalar =>
    isProperty(expression) || typeof expression === 'string' || isFolded(expression),
  number: (expression: Expression): expression is Scalar =>
    isProperty(expression) || typeof expression === 'number' || isArithmetic(expression),
  pattern: (expression: Expression): expression is Pattern & Expression => isPattern(expression),
  members: (expression: Expression): expression is readonly Scalar[] => isList(expression) && expression.length > 0,
  predicate: (expression: Expression): expression is Predicate => isPredicate(expression),
  spatial: (expression: Expression): expression is Spatial => isProperty(expression) || isGeometry(expression),
  temporal: (expression: Expression): expression is Temporal =>
    isProperty(expression) ||
    typeof expression === 'string' ||
    isInterval(expression) ||
    (isLiteral(expression) && isObject(expression)),
  list: (expression: Expression): expression is List => isProperty(expression) || isList(expression),
  metres: (expression: Expression): expression is number => typeof expression === 'number',
  any: (expression: Expression): expression is Expression => !isList(expression),
} as const;
export type Kind = keyof typeof IS_KIND;

function isPattern(expression: Expression): boolean {
  return typeof expression === 'string' || (isFolded(expression) && isPattern(expression.args[0]));
}
