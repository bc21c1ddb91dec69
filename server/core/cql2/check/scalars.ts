import { InvalidFilter } from '../../errors.ts';
import type { Arithmetic, Folded, Literal, Pattern, Place, Scalar } from '../ast.ts';
import { isDate, isTimestamp } from '../instants.ts';
import { isArithmetic, isFolded, isProperty } from '../kinds.ts';
import type { FilterProperty } from '../properties.ts';
import { describe, familyOf, isStrings, literalFamily, type Operand, operands, type Scope } from './scope.ts';
import { EXAMPLE, type Family, NOUN, shown } from './words.ts';

/** The same scalars as one family: that of the first field, else of the first that is no plain text. */
export function alike(all: readonly Operand<Scalar>[], scope: Scope): Scalar[] {
  const model =
    all.find(({ property }) => property) ?? all.find(({ expression }) => typeof expression !== 'string') ?? all[0];
  if (!model) return [];
  const family = familyOf(model);
  refuseOther(model, family);
  return all.map((operand) => coerce(operand, family, model, scope));
}

/** Intervals and geometries are asked with functions of their own. */
function refuseOther(model: Operand, family: Family): void {
  if (family !== 'interval' && family !== 'geometry') return;
  const right = family === 'interval' ? 'T_INTERSECTS or T_DURING' : 'S_INTERSECTS or S_WITHIN';
  throw new InvalidFilter(`${describe(model)}: ask with a function such as ${right}.`, model.place);
}

/** The scalar as a member of the family; `model` is whom the family was taken from, and is named in a message. */
export function coerce(operand: Operand<Scalar>, family: Family, model: Operand, scope: Scope): Scalar {
  const { expression, place } = operand;
  const against = describe(model);
  if (isProperty(expression) || isArithmetic(expression) || isFolded(expression)) {
    if (familyOf(operand) === family) return isProperty(expression) ? expression : calculated(expression, scope);
    throw new InvalidFilter(`${against}, but ${describe(operand)}: they do not compare.`, place);
  }
  if (family === 'date' && typeof expression === 'string' && isDate(expression)) return { date: expression };
  if (family === 'timestamp' && typeof expression === 'string' && isTimestamp(expression)) {
    return { timestamp: expression };
  }
  if (literalFamily(expression) !== family) {
    const right = `${NOUN[family]} such as ${EXAMPLE[family as keyof typeof EXAMPLE]}`;
    throw new InvalidFilter(`${against}: compare it with ${right}, not with ${shown(expression)}.`, place);
  }
  requireStorable(expression, place, model.property);
  return expression;
}

function calculated(expression: Arithmetic | Folded, scope: Scope): Scalar {
  const args = operands<Scalar>(expression.args, scope);
  const family = isArithmetic(expression) ? 'number' : 'text';
  const checked = args.map((arg) => {
    if (familyOf(arg) !== family || isStrings(arg)) {
      const op = expression.op.toUpperCase();
      throw new InvalidFilter(`${op} takes ${NOUN[family]}, but ${describe(arg)}.`, arg.place);
    }
    return coerce(arg, family, arg, scope);
  });
  return { op: expression.op, args: checked } as unknown as Scalar;
}

/** What the text parser lets through is storable but for the range of integers; what was made otherwise may not be. */
export function requireStorable(literal: Literal, place: Place, property: FilterProperty | undefined): void {
  if (typeof literal === 'number') requireRange(literal, place, property);
  if (typeof literal === 'string') refuseNul(literal, place);
  if (typeof literal !== 'object') return;
  const isReal = 'date' in literal ? isDate(literal.date) : isTimestamp(literal.timestamp);
  if (!isReal) throw new InvalidFilter(`${shown(literal)} is not on the calendar.`, place);
}

/** Beyond 2^53 a JSON number is no longer the integer that was written; the column may hold more than that, never less. */
function requireRange(value: number, place: Place, property: FilterProperty | undefined): void {
  if (!Number.isFinite(value)) throw new InvalidFilter('A number in a filter must be finite.', place);
  if (property?.type !== 'integer' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return;
  const limit = Number.MAX_SAFE_INTEGER;
  throw new InvalidFilter(
    `"${property.name}" is compared with numbers from -${limit} to ${limit}, not ${value}.`,
    place,
  );
}

/** PostgreSQL holds every character but this one. */
function refuseNul(value: string, place: Place): void {
  if (value.includes('\0')) throw new InvalidFilter('A text in a filter cannot hold the character U+0000.', place);
}

export function checkPattern(pattern: Pattern, place: Place): Pattern {
  if (typeof pattern === 'object') return { op: pattern.op, args: [checkPattern(pattern.args[0], place)] };
  refuseNul(pattern, place);
  // PostgreSQL fails on it: there is nothing for the last backslash to escape.
  const open = /\\*$/.exec(pattern)?.[0].length ?? 0;
  if (open % 2 === 1) {
    throw new InvalidFilter(`The pattern ${shown(pattern)} ends in a backslash that escapes nothing.`, place);
  }
  return pattern;
}
