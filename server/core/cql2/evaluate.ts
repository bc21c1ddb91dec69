import { isProperty, type Predicate, type Scalar } from './ast.ts';

/** True, false or, where something compared is missing, unknown: the logic of SQL and CQL2. */
type Truth = boolean | null;

type Value = string | null;

/** Whether `evaluate` can tell: texts compared for equality. Order and patterns depend on the database's collation. */
export function canEvaluate(predicate: Predicate): boolean {
  if (typeof predicate === 'boolean') return true;
  const isText = (scalar: Scalar) => typeof scalar === 'string' || isProperty(scalar);
  switch (predicate.op) {
    case 'and':
    case 'or':
      return predicate.args.every(canEvaluate);
    case 'not':
      return canEvaluate(predicate.args[0]);
    case '=':
    case '<>':
      return predicate.args.every(isText);
    case 'in':
      return isText(predicate.args[0]) && predicate.args[1].every(isText);
    case 'isNull':
      return isText(predicate.args[0]);
    default:
      return false;
  }
}

function equal(a: Value, b: Value): Truth {
  return a === null || b === null ? null : a === b;
}

const not = (truth: Truth): Truth => (truth === null ? null : !truth);

/** False beats unknown, and unknown beats true; `or` is the same of the opposites. */
function and(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

/** A predicate that `canEvaluate`, of a record whose fields are texts. */
export function evaluate(predicate: Predicate, textOf: (property: string) => Value): Truth {
  if (typeof predicate === 'boolean') return predicate;
  const read = (scalar: Scalar): Value => (isProperty(scalar) ? textOf(scalar.property) : String(scalar));
  switch (predicate.op) {
    case 'and':
      return and(predicate.args.map((part) => evaluate(part, textOf)));
    case 'or':
      return not(and(predicate.args.map((part) => not(evaluate(part, textOf)))));
    case 'not':
      return not(evaluate(predicate.args[0], textOf));
    case '=':
      return equal(read(predicate.args[0]), read(predicate.args[1]));
    case '<>':
      return not(equal(read(predicate.args[0]), read(predicate.args[1])));
    case 'in': {
      const value = read(predicate.args[0]);
      return not(and(predicate.args[1].map((item) => not(equal(value, read(item))))));
    }
    case 'isNull':
      return read(predicate.args[0]) === null;
    default:
      throw new RangeError(`${predicate.op} cannot be evaluated here`);
  }
}
