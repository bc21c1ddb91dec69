import type { Expression, Pattern, Predicate, Scalar } from './ast.ts';
import { fold } from './fold.ts';
import { isFolded, isProperty } from './kinds.ts';
import { isLike } from './like.ts';

/** True, false or, where something compared is missing, unknown: the logic of SQL and CQL2. */
type Truth = boolean | null;

type Value = string | null;

function isText(expression: Expression): expression is Scalar {
  if (isFolded(expression)) return isText(expression.args[0]);
  return typeof expression === 'string' || isProperty(expression);
}

/** Whether `evaluate` can tell: whatever is asked of texts alone. */
export function canEvaluate(predicate: Predicate): boolean {
  if (typeof predicate === 'boolean') return true;
  switch (predicate.op) {
    case 'and':
    case 'or':
      return predicate.args.every(canEvaluate);
    case 'not':
      return canEvaluate(predicate.args[0]);
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'between':
      return predicate.args.every(isText);
    case 'in':
      return isText(predicate.args[0]) && predicate.args[1].every(isText);
    case 'isNull':
    case 'like':
      return isText(predicate.args[0]);
    default:
      return false;
  }
}

/** Below 0 when a comes first by code point, as PostgreSQL sorts by the collation "C"; null when one is missing. */
function order(a: Value, b: Value): number | null {
  if (a === null || b === null) return null;
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const when = (compared: number | null, test: (order: number) => boolean): Truth =>
  compared === null ? null : test(compared);

const not = (truth: Truth): Truth => (truth === null ? null : !truth);

/** False beats unknown, and unknown beats true; `or` is the same of the opposites. */
function and(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

const COMPARE = {
  '=': (order: number) => order === 0,
  '<>': (order: number) => order !== 0,
  '<': (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
  '>': (order: number) => order > 0,
  '>=': (order: number) => order >= 0,
} as const;

/** A predicate that `canEvaluate`, of a record whose fields are texts. */
export function evaluate(predicate: Predicate, textOf: (property: string) => Value): Truth {
  if (typeof predicate === 'boolean') return predicate;
  const read = (expression: Expression): Value => {
    if (isProperty(expression)) return textOf(expression.property);
    if (!isFolded(expression)) return String(expression);
    const text = read(expression.args[0]);
    return text === null ? null : fold(expression.op, text);
  };
  switch (predicate.op) {
    case 'and':
      return and(predicate.args.map((part) => evaluate(part, textOf)));
    case 'or':
      return not(and(predicate.args.map((part) => not(evaluate(part, textOf)))));
    case 'not':
      return not(evaluate(predicate.args[0], textOf));
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return when(order(read(predicate.args[0]), read(predicate.args[1])), COMPARE[predicate.op]);
    case 'between': {
      const [value, low, high] = predicate.args.map(read) as [Value, Value, Value];
      return and([when(order(value, low), COMPARE['>=']), when(order(value, high), COMPARE['<='])]);
    }
    case 'in': {
      const value = read(predicate.args[0]);
      return not(and(predicate.args[1].map((item) => when(order(value, read(item)), COMPARE['<>']))));
    }
    case 'isNull':
      return read(predicate.args[0]) === null;
    case 'like': {
      const text = read(predicate.args[0]);
      return text === null ? null : isLike(text, toPattern(predicate.args[1]));
    }
    default:
      throw new RangeError(`${predicate.op} cannot be evaluated here`);
  }
}

function toPattern(pattern: Pattern): string {
  return typeof pattern === 'string' ? pattern : fold(pattern.op, toPattern(pattern.args[0]));
}
