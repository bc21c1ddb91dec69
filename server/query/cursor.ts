import { createHash } from 'node:crypto';
import { isDate, isTimestamp } from '../core/cql2/ast.ts';
import { InvalidParameter } from '../core/errors.ts';
import type { Field } from '../core/layer.ts';
import type { SortKey } from '../core/sort.ts';

/** A place in an order: where a page of items begins. */
export interface Cursor {
  /** The version of the layer that the reader began with. */
  readonly generation: number;
  /** Whether the page is the one after this place, or the one before it. */
  readonly direction: 'next' | 'prev';
  /** Number of the record at this place, which is not on the page. */
  readonly fid: number;
  /** What the record has in the fields of the order, as PostgreSQL writes it; null: nothing. */
  readonly values: readonly (string | null)[];
}

const fault = (detail: string) =>
  new InvalidParameter([
    { parameter: 'cursor', detail: `${detail} Begin again without cursor, and follow the links named next and prev.` },
  ]);

/** Ties a cursor to what was asked. Not a seal: what a cursor says is checked again when it is read. */
function tie(payload: string, question: string): string {
  return createHash('sha256').update(`${question}\n${payload}`).digest('base64url').slice(0, 16);
}

/** `question` is all that decides which records there are, and in what order. */
export function printCursor({ generation, direction, fid, values }: Cursor, question: string): string {
  const payload = JSON.stringify([generation, direction === 'next' ? 1 : -1, fid, ...values]);
  return `${Buffer.from(payload).toString('base64url')}.${tie(payload, question)}`;
}

const MAX_BIGINT = 2n ** 63n - 1n;

/** Whether a text can be a value of the field, so that PostgreSQL reads it without an error. */
function isValueOf({ type }: Field, text: string): boolean {
  switch (type) {
    case 'integer':
      return /^-?\d{1,19}$/.test(text) && BigInt(text) <= MAX_BIGINT && BigInt(text) >= -MAX_BIGINT;
    case 'number':
      return /^(-?\d{1,400}(\.\d{1,400})?(e[+-]?\d{1,3})?|NaN|-?Infinity)$/.test(text) && !isHuge(text);
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'date':
      return isDate(text);
    case 'datetime':
      return isTimestamp(text);
    case 'string':
      return !text.includes('\0');
    case 'strings':
      return false;
  }
}

/** Beyond what a double holds, or nearer to zero: PostgreSQL refuses both. */
function isHuge(text: string): boolean {
  const number = Number(text);
  if (/[IN]/.test(text)) return false;
  return !Number.isFinite(number) || (number === 0 && /[1-9]/.test(text.split('e')[0] as string));
}

function parsePayload(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

const isCount = (value: unknown, max: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max;

function read(text: string, question: string) {
  const [encoded = '', tied = '', ...more] = text.split('.');
  const payload = Buffer.from(encoded, 'base64url').toString();
  const parts = parsePayload(payload);
  if (more.length > 0 || !Array.isArray(parts)) throw fault('This cursor is not one of this server.');
  if (tied !== tie(payload, question)) {
    throw fault('This cursor was made for another question (collection, filter or sortby), or was changed.');
  }
  const [generation, sign, fid, ...values] = parts as unknown[];
  const isPlace =
    isCount(generation, 2 ** 31 - 1) && isCount(fid, Number.MAX_SAFE_INTEGER) && (sign === 1 || sign === -1);
  if (!isPlace) throw fault('This cursor is not one of this server.');
  return { generation, direction: sign === 1 ? ('next' as const) : ('prev' as const), fid, values };
}

/** Only the version that a cursor is of, before its layer is known. @throws InvalidParameter */
export function generationOfCursor(text: string, question: string): number {
  return read(text, question).generation;
}

/**
 * Reads a cursor that `printCursor` wrote for the same question and order.
 * @throws InvalidParameter for any other
 */
export function parseCursor(text: string, order: readonly SortKey[], question: string): Cursor {
  const { values, ...place } = read(text, question);
  const fit = values.every(
    (value, index) =>
      value === null ||
      (typeof value === 'string' && order[index] !== undefined && isValueOf(order[index].field, value)),
  );
  if (values.length !== order.length || !fit) throw fault('This cursor is not one of this server.');
  return { ...place, values: values as (string | null)[] };
}
