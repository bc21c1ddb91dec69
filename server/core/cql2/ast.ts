/**
 * A filter as a tree. The shapes are those of the CQL2 JSON encoding (OGC 21-065), so a tree is its own JSON:
 * `killed > 5` is `{ op: '>', args: [{ property: 'killed' }, 5] }`. A negated form (`NOT LIKE`, `IS NOT NULL`) is the plain
 * one inside `not`. Spatial, temporal, array and arithmetic operators will be further members of these unions.
 */

export interface PropertyRef {
  readonly property: string;
}

/** A UTC day, `YYYY-MM-DD`. */
export interface DateLiteral {
  readonly date: string;
}

/** An instant, `YYYY-MM-DDThh:mm:ss[.sss]Z`. */
export interface TimestampLiteral {
  readonly timestamp: string;
}

export type Literal = string | number | boolean | DateLiteral | TimestampLiteral;

/** What can stand on a side of a comparison. */
export type Scalar = PropertyRef | Literal;

export const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='] as const;

export interface Comparison {
  readonly op: (typeof COMPARISONS)[number];
  readonly args: readonly [Scalar, Scalar];
}

/** The pattern: `%` any characters, `_` one, `\` takes the next one as it is. */
export interface Like {
  readonly op: 'like';
  readonly args: readonly [Scalar, string];
}

/** Both bounds belong to the range. */
export interface Between {
  readonly op: 'between';
  readonly args: readonly [Scalar, Scalar, Scalar];
}

export interface In {
  readonly op: 'in';
  readonly args: readonly [Scalar, readonly Scalar[]];
}

export interface IsNull {
  readonly op: 'isNull';
  readonly args: readonly [Scalar];
}

export interface AndOr {
  readonly op: 'and' | 'or';
  readonly args: readonly Predicate[];
}

export interface Not {
  readonly op: 'not';
  readonly args: readonly [Predicate];
}

/** Anything that is true, false or unknown of a record. A whole filter is one. */
export type Predicate = boolean | AndOr | Not | Comparison | Like | Between | In | IsNull;

export type Expression = Predicate | Scalar;

/** Levels of parentheses and NOT. Every walk over a tree recurses, so its depth is bounded where the tree is made. */
export const MAX_DEPTH = 100;

export function isPredicate(expression: Expression): expression is Predicate {
  return typeof expression === 'boolean' || (typeof expression === 'object' && 'op' in expression);
}

export function isScalar(expression: Expression): expression is Scalar {
  return typeof expression !== 'object' || !('op' in expression);
}

export function isProperty(expression: Expression): expression is PropertyRef {
  return typeof expression === 'object' && 'property' in expression;
}

/** A day of the calendar from 0001-01-01 to 9999-12-31; PostgreSQL has no year 0000. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  // JavaScript reads 30 February as 2 March.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

export function isTimestamp(text: string): boolean {
  return isDate(text.slice(0, 10)) && /^T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,9})?Z$/.test(text.slice(10));
}

/**
 * Where each argument began in the text, beside the tree and not in it, so that trees are equal and print alike whatever
 * they were made from. The key is the list of arguments, because strings and numbers cannot be keys.
 */
export type Positions = WeakMap<readonly unknown[], readonly number[]>;

/** What a parser makes of a request. An object even where the filter is just FALSE, which no caller may take for none. */
export interface ParsedFilter {
  readonly predicate: Predicate;
  readonly positions: Positions;
}
