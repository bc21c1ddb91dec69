import { InvalidFilter } from '../../errors.ts';
import type { Expression, Literal, Place, Positions } from '../ast.ts';
import { isArithmetic, isFolded, isGeometry, isInterval, isProperty } from '../kinds.ts';
import type { FilterProperty } from '../properties.ts';
import { nearest } from './nearest.ts';
import { called, FAMILY, type Family, NOUN, shorten, shown } from './words.ts';

/** What a filter is held to, and where its arguments stand. */
export interface Scope {
  readonly properties: ReadonlyMap<string, FilterProperty>;
  readonly positions: Positions;
  /** Positions of geometries that were read so far, to bound them over the whole filter. */
  vertices: number;
}

/** An argument, with what is known of it. */
export interface Operand<Kind extends Expression = Expression> {
  readonly expression: Kind;
  readonly place: Place;
  /** What it names, when it names something. */
  readonly property: FilterProperty | undefined;
}

export function operands<Kind extends Expression>(args: readonly Kind[], scope: Scope): Operand<Kind>[] {
  return args.map((expression, index) => operand(expression, placeOf(args, index, scope), scope));
}

export function operand<Kind extends Expression>(expression: Kind, place: Place, scope: Scope): Operand<Kind> {
  const property = isProperty(expression) ? propertyNamed(expression.property, scope, place) : undefined;
  return { expression, place, property };
}

/** 0 for what was made by no parser. */
export function placeOf(args: readonly unknown[], index: number, { positions }: Scope): Place {
  return positions.get(args)?.[index] ?? 0;
}

export function propertyNamed(name: string, { properties }: Scope, place: Place): FilterProperty {
  const property = properties.get(name);
  if (property) return property;
  const names = [...properties.keys()];
  const near = nearest(name, names);
  const hint = near ? `Did you mean "${near}"?` : `If it is a value, write it in single quotes: ${shown(name)}.`;
  throw new InvalidFilter(`There is no field "${shorten(name)}". ${hint} Fields: ${names.join(', ')}.`, place);
}

export function familyOf({ expression, property }: Operand): Family {
  if (property) return FAMILY[property.type];
  if (isArithmetic(expression)) return 'number';
  if (isFolded(expression)) return 'text';
  if (isInterval(expression)) return 'interval';
  if (isGeometry(expression)) return 'geometry';
  return literalFamily(expression as Literal);
}

export function literalFamily(literal: Literal): Family {
  if (typeof literal === 'string') return 'text';
  if (typeof literal === 'number') return 'number';
  if (typeof literal === 'boolean') return 'boolean';
  return 'date' in literal ? 'date' : 'timestamp';
}

export const isStrings = ({ property }: Operand): boolean => property?.type === 'strings';

/** `"killed" is a number`, as messages begin. */
export function describe(operand: Operand): string {
  const { property, expression } = operand;
  if (isStrings(operand)) return `"${property?.name}" is a list of texts`;
  const name = property ? `"${property.name}"` : called(expression);
  return `${name} is ${NOUN[familyOf(operand)]}`;
}
