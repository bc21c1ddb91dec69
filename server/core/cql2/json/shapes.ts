import { InvalidFilter } from '../../errors.ts';
import { where } from '../build.ts';
import { FORBIDDEN } from '../tokens.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws InvalidFilter always */
export function fail(expected: string, pointer: string, value: unknown): never {
  throw new InvalidFilter(`Expected ${expected} at ${where(pointer)}, not ${shown(value)}.`, pointer);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** The members of an object, and no other. */
export function members(value: unknown, names: readonly string[], pointer: string): JsonObject {
  if (!isObject(value)) return fail(`an object with ${names.join(' and ')}`, pointer, value);
  const stranger = Object.keys(value).find((name) => !names.includes(name));
  if (stranger !== undefined) fail(`only ${names.join(' and ')}`, pointer, { [stranger]: value[stranger] });
  return value;
}

export function list(value: unknown, expected: string, pointer: string): readonly unknown[] {
  return Array.isArray(value) ? value : fail(expected, pointer, value);
}

export function number(value: unknown, pointer: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return fail('a finite number', pointer, value);
  // JSON has a negative zero, CQL2 text has not.
  return value === 0 ? 0 : value;
}

/** Control characters that CQL2 text writes behind a backslash. */
const WRITABLE = ['\x07', '\b', '\v', '\f'];

/** A text that CQL2 text can hold as well: of control characters only those that it can write. */
export function text(value: unknown, expected: string, pointer: string): string {
  if (typeof value !== 'string') return fail(expected, pointer, value);
  const position = WRITABLE.reduce((rest, control) => rest.replaceAll(control, ' '), value).search(FORBIDDEN);
  if (position < 0) return value;
  const code = value.charCodeAt(position).toString(16).toUpperCase().padStart(4, '0');
  throw new InvalidFilter(`The character U+${code} cannot be part of a filter (at ${where(pointer)}).`, pointer);
}
