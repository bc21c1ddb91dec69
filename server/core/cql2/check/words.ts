import type { Expression, Literal } from '../ast.ts';
import { isArithmetic, isGeometry, isInterval, isList } from '../kinds.ts';
import type { PropertyType } from '../properties.ts';

/** What can be compared with what. An integer is a number; a list of texts is compared with one text. */
export type Family = 'text' | 'number' | 'boolean' | 'date' | 'timestamp' | 'interval' | 'geometry';

export const FAMILY: Readonly<Record<PropertyType, Family>> = {
  string: 'text',
  strings: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp',
  interval: 'interval',
  geometry: 'geometry',
};

export const NOUN: Readonly<Record<Family, string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'a boolean',
  date: 'a date',
  timestamp: 'a timestamp',
  interval: 'an interval of time',
  geometry: 'a geometry',
};

export const EXAMPLE: Readonly<Record<Exclude<Family, 'interval' | 'geometry'>, string>> = {
  text: "'gold'",
  number: '5',
  boolean: 'TRUE',
  date: "DATE('2022-03-27')",
  timestamp: "TIMESTAMP('2022-03-27T06:00:00Z')",
};

export function shown(literal: Literal): string {
  if (typeof literal === 'string') return `'${shorten(literal)}'`;
  if (typeof literal !== 'object') return String(literal).toUpperCase();
  return 'date' in literal ? `DATE('${literal.date}')` : `TIMESTAMP('${literal.timestamp}')`;
}

/** What an expression without a name is called in a message. */
export function called(expression: Expression): string {
  if (isArithmetic(expression)) return 'the calculated number';
  if (isList(expression)) return 'the list';
  if (isGeometry(expression)) return 'the geometry';
  if (isInterval(expression)) return 'the interval';
  return typeof expression === 'object' && 'op' in expression
    ? expression.op.toUpperCase()
    : shown(expression as Literal);
}

export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
