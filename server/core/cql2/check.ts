import { InvalidFilter } from '../errors.ts';
import { type Field, type Layer, recordFields } from '../layer.ts';
import {
  isDate,
  isProperty,
  isTimestamp,
  type Literal,
  type ParsedFilter,
  type Positions,
  type Predicate,
  type Scalar,
} from './ast.ts';

declare const CHECKED: unique symbol;

/** A filter whose names and types are right for a layer. Only `checkFilter` makes one, and only one makes SQL. */
export interface CheckedFilter {
  readonly predicate: Predicate;
  readonly [CHECKED]: true;
}

/** What can be compared with what. An integer is a number; a list of texts is compared with one text. */
type Family = 'text' | 'number' | 'boolean' | 'date' | 'timestamp';

type Fields = ReadonlyMap<string, Field>;

/** What a filter is held to, and where its arguments stand. */
interface Scope {
  readonly fields: Fields;
  readonly positions: Positions;
}

/** A side of a comparison, with what is known of it. */
interface Operand {
  readonly scalar: Scalar;
  readonly position: number;
  /** The field it names, when it is not a literal. */
  readonly field: Field | undefined;
}

const FAMILY: Readonly<Record<Field['type'], Family>> = {
  string: 'text',
  strings: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp',
};

const NOUN: Readonly<Record<Family, string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'a boolean',
  date: 'a date',
  timestamp: 'a timestamp',
};

const EXAMPLE: Readonly<Record<Family, string>> = {
  text: "'gold'",
  number: '5',
  boolean: 'TRUE',
  date: "DATE('2022-03-27')",
  timestamp: "TIMESTAMP('2022-03-27T06:00:00Z')",
};

/**
 * Holds a filter to a layer's fields and their types, and gives literals the type of the field beside them: a plain
 * `'2022-03-27'` against a date becomes that date. Throws InvalidFilter, at the argument that is wrong.
 *
 * For a field that is a list of texts, `commodities = 'gold'` asks whether gold is among them, `<>` whether it is not, and
 * IN whether any of several is.
 */
export function checkFilter(filter: ParsedFilter, layer: Pick<Layer, 'fields'>): CheckedFilter {
  const fields = new Map(recordFields(layer).map((field) => [field.name, field]));
  return { predicate: checkPredicate(filter.predicate, { fields, positions: filter.positions }) } as CheckedFilter;
}

function checkPredicate(predicate: Predicate, scope: Scope): Predicate {
  if (typeof predicate === 'boolean') return predicate;
  switch (predicate.op) {
    case 'and':
    case 'or':
      return { op: predicate.op, args: predicate.args.map((arg) => checkPredicate(arg, scope)) };
    case 'not':
      return { op: 'not', args: [checkPredicate(predicate.args[0], scope)] };
    case 'isNull': {
      const [subject] = operands(predicate.args, scope) as [Operand];
      return { op: 'isNull', args: [coerce(subject, familyOf(subject), subject)] };
    }
    case 'like': {
      const [subject, pattern] = operands(predicate.args, scope) as [Operand, Operand];
      return { op: 'like', args: [checkSubjectOfLike(subject), checkPattern(pattern)] };
    }
    case 'between': {
      const three = operands(predicate.args, scope) as [Operand, Operand, Operand];
      requireOrder('BETWEEN', three);
      return { op: 'between', args: alike(three) as [Scalar, Scalar, Scalar] };
    }
    case 'in': {
      const subject = operand(predicate.args[0], positionOf(predicate.args, 0, scope), scope);
      const members = operands(predicate.args[1], scope);
      for (const member of members) refuseTwoLists(subject, member);
      const [first, ...rest] = alike([subject, ...members]) as [Scalar, ...Scalar[]];
      return { op: 'in', args: [first, rest] };
    }
    default: {
      const pair = operands(predicate.args, scope) as [Operand, Operand];
      if (predicate.op !== '=' && predicate.op !== '<>') requireOrder(predicate.op, pair);
      refuseTwoLists(...pair);
      return { op: predicate.op, args: alike(pair) as [Scalar, Scalar] };
    }
  }
}

function operands(args: readonly Scalar[], scope: Scope): Operand[] {
  return args.map((scalar, index) => operand(scalar, positionOf(args, index, scope), scope));
}

function operand(scalar: Scalar, position: number, { fields }: Scope): Operand {
  return { scalar, position, field: isProperty(scalar) ? fieldNamed(scalar.property, fields, position) : undefined };
}

/** 0 for what did not come from text. */
function positionOf(args: readonly unknown[], index: number, { positions }: Scope): number {
  return positions.get(args)?.[index] ?? 0;
}

/** The same scalars as one family: that of the first field, else of the first literal that is no plain text. */
function alike(all: readonly Operand[]): Scalar[] {
  const model = all.find(({ field }) => field) ?? all.find(({ scalar }) => typeof scalar !== 'string') ?? all[0];
  if (!model) return [];
  const family = familyOf(model);
  return all.map((operand) => coerce(operand, family, model));
}

/** The scalar as a member of the family; `model` is whom the family was taken from, and is named in a message. */
function coerce({ scalar, position, field }: Operand, family: Family, model: Operand): Scalar {
  const against = describe(model);
  if (isProperty(scalar)) {
    if (field && FAMILY[field.type] === family) return scalar;
    throw new InvalidFilter(`${against}, but ${describe({ scalar, position, field })}: they do not compare.`, position);
  }
  if (family === 'date' && typeof scalar === 'string' && isDate(scalar)) return { date: scalar };
  if (family === 'timestamp' && typeof scalar === 'string' && isTimestamp(scalar)) return { timestamp: scalar };
  if (literalFamily(scalar) !== family) {
    const right = `${NOUN[family]} such as ${EXAMPLE[family]}`;
    throw new InvalidFilter(`${against}: compare it with ${right}, not with ${shown(scalar)}.`, position);
  }
  requireStorable(scalar, position, model.field);
  return scalar;
}

/** What the text parser lets through is storable but for the range of integers; what comes from JSON may not be. */
function requireStorable(literal: Literal, position: number, field: Field | undefined): void {
  if (typeof literal === 'number') requireRange(literal, position, field);
  if (typeof literal === 'string') refuseNul(literal, position);
  if (typeof literal !== 'object') return;
  const isReal = 'date' in literal ? isDate(literal.date) : isTimestamp(literal.timestamp);
  if (!isReal) throw new InvalidFilter(`${shown(literal)} is not on the calendar.`, position);
}

/** Beyond 2^53 a JSON number is no longer the integer that was written; the column may hold more than that, never less. */
function requireRange(value: number, position: number, field: Field | undefined): void {
  if (!Number.isFinite(value)) throw new InvalidFilter('A number in a filter must be finite.', position);
  if (field?.type !== 'integer' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return;
  const limit = Number.MAX_SAFE_INTEGER;
  throw new InvalidFilter(
    `"${field.name}" is compared with numbers from -${limit} to ${limit}, not ${value}.`,
    position,
  );
}

/** PostgreSQL holds every character but this one. */
function refuseNul(value: string, position: number): void {
  if (value.includes('\0')) throw new InvalidFilter('A text in a filter cannot hold the character U+0000.', position);
}

function requireOrder(operator: string, all: readonly Operand[]): void {
  for (const operand of all) {
    if (operand.field?.type === 'strings') {
      const right = 'ask with =, <> or IN what it holds';
      throw new InvalidFilter(`${describe(operand)}: ${right}, not with ${operator}.`, operand.position);
    }
    if (familyOf(operand) === 'boolean') {
      throw new InvalidFilter(`${describe(operand)}: ask with = or <>, not with ${operator}.`, operand.position);
    }
  }
}

function refuseTwoLists(left: Operand, right: Operand): void {
  if (left.field?.type !== 'strings' || right.field?.type !== 'strings') return;
  throw new InvalidFilter(
    `${describe(left)}, and so is "${right.field.name}": compare it with one text.`,
    right.position,
  );
}

function checkSubjectOfLike(subject: Operand): Scalar {
  const isText = subject.field ? subject.field.type === 'string' : typeof subject.scalar === 'string';
  if (!isText) throw new InvalidFilter(`LIKE is for text fields; ${describe(subject)}.`, subject.position);
  return coerce(subject, 'text', subject);
}

function checkPattern({ scalar, position }: Operand): string {
  if (typeof scalar !== 'string') throw new InvalidFilter("LIKE takes a pattern in quotes, such as 'Mop%'.", position);
  refuseNul(scalar, position);
  // PostgreSQL fails on it: there is nothing for the last backslash to escape.
  const open = /\\*$/.exec(scalar)?.[0].length ?? 0;
  if (open % 2 === 1) {
    throw new InvalidFilter(`The pattern ${shown(scalar)} ends in a backslash that escapes nothing.`, position);
  }
  return scalar;
}

function familyOf({ scalar, field }: Operand): Family {
  if (field) return FAMILY[field.type];
  return literalFamily(scalar as Literal);
}

function literalFamily(literal: Literal): Family {
  if (typeof literal === 'string') return 'text';
  if (typeof literal === 'number') return 'number';
  if (typeof literal === 'boolean') return 'boolean';
  return 'date' in literal ? 'date' : 'timestamp';
}

function fieldNamed(name: string, fields: Fields, position: number): Field {
  const field = fields.get(name);
  if (field) return field;
  const near = nearest(name, [...fields.keys()]);
  const hint = near ? `Did you mean "${near}"?` : `If it is a value, write it in single quotes: ${shown(name)}.`;
  const known = [...fields.keys()].join(', ');
  throw new InvalidFilter(`There is no field "${shorten(name)}". ${hint} Fields: ${known}.`, position);
}

function describe(operand: Operand): string {
  const { field, scalar } = operand;
  if (field?.type === 'strings') return `"${field.name}" is a list of texts`;
  if (field) return `"${field.name}" is ${NOUN[FAMILY[field.type]]}`;
  return `${shown(scalar as Literal)} is ${NOUN[familyOf(operand)]}`;
}

function shown(literal: Literal): string {
  if (typeof literal === 'string') return `'${shorten(literal)}'`;
  if (typeof literal !== 'object') return String(literal).toUpperCase();
  return 'date' in literal ? `DATE('${literal.date}')` : `TIMESTAMP('${literal.timestamp}')`;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** The known name that a slip of one or two keys makes of this one. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const slips = Math.min(2, Math.floor(name.length / 3));
  return known
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate, slips) }))
    .filter((near) => near.distance <= slips)
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** Levenshtein: letters to insert, delete or replace. Not worked out where the lengths alone differ by more than `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
