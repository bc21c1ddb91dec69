import type { Layer } from '../layer.ts';
import type { IsNull, ParsedFilter, Predicate, Scalar } from './ast.ts';
import { checkBetween, checkComparison, checkIn, checkLike } from './check/comparisons.ts';
import { checkGeometry } from './check/geometry.ts';
import { checkLists } from './check/lists.ts';
import { coerce } from './check/scalars.ts';
import { familyOf, operands, type Scope } from './check/scope.ts';
import { checkNear, checkSpatial } from './check/spatial.ts';
import { checkInterval, checkTemporal } from './check/temporal.ts';
import { isGeometry, isInterval, isPredicate, isProperty } from './kinds.ts';
import { filterProperties } from './properties.ts';

declare const CHECKED: unique symbol;

/** A filter whose names and types are right for a layer. Only `checkFilter` makes one, and only one makes SQL. */
export interface CheckedFilter {
  readonly predicate: Predicate;
  readonly [CHECKED]: true;
}

/**
 * Holds a filter to what a layer's filters can name (`filterProperties`) and to its types, and gives literals the type of
 * the field beside them: a plain `'2022-03-27'` against a date becomes that date. Throws InvalidFilter, at the argument that
 * is wrong.
 *
 * For a field that is a list of texts, `commodities = 'gold'` asks whether gold is among them, `<>` whether it is not, and
 * IN whether any of several is.
 */
export function checkFilter(
  filter: ParsedFilter,
  layer: Pick<Layer, 'fields'> & Partial<Pick<Layer, 'time'>>,
): CheckedFilter {
  const properties = new Map(filterProperties(layer).map((property) => [property.name, property]));
  const scope: Scope = { properties, positions: filter.positions, vertices: 0 };
  return { predicate: checkPredicate(filter.predicate, scope) } as CheckedFilter;
}

function checkPredicate(predicate: Predicate, scope: Scope): Predicate {
  if (typeof predicate === 'boolean') return predicate;
  switch (predicate.op) {
    case 'and':
    case 'or':
      return { op: predicate.op, args: predicate.args.map((arg) => checkPredicate(arg, scope)) };
    case 'not':
      return { op: 'not', args: [checkPredicate(predicate.args[0], scope)] };
    case 'isNull':
      return checkIsNull(predicate, scope);
    case 'like':
      return checkLike(predicate, scope);
    case 'between':
      return checkBetween(predicate, scope);
    case 'in':
      return checkIn(predicate, scope);
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return checkComparison(predicate, scope);
    case 's_dwithin':
      return checkNear(predicate, scope);
    case 'a_contains':
    case 'a_containedBy':
    case 'a_equals':
    case 'a_overlaps':
      return checkLists(predicate, scope);
    default:
      return predicate.op.startsWith('s_')
        ? checkSpatial(predicate as Parameters<typeof checkSpatial>[0], scope)
        : checkTemporal(predicate as Parameters<typeof checkTemporal>[0], scope);
  }
}

/** Of anything: a field of any type, a value, a condition. */
function checkIsNull({ args }: IsNull, scope: Scope): IsNull {
  const [operand] = operands(args, scope);
  if (!operand) return { op: 'isNull', args };
  const { expression, place } = operand;
  if (isProperty(expression)) return { op: 'isNull', args: [expression] };
  if (isGeometry(expression)) checkGeometry(expression, place, scope);
  if (isGeometry(expression)) return { op: 'isNull', args: [expression] };
  if (isInterval(expression)) return { op: 'isNull', args: [checkInterval(expression, scope)] };
  if (isPredicate(expression)) return { op: 'isNull', args: [checkPredicate(expression, scope)] };
  const scalar = { ...operand, expression: expression as Scalar };
  return { op: 'isNull', args: [coerce(scalar, familyOf(scalar), scalar, scope)] };
}
