import type { Expression, Pattern, Predicate, Scalar, Spatial, Temporal } from '../../server/core/cql2/ast.ts';
import { fold } from '../../server/core/cql2/fold.ts';
import {
  isArithmetic,
  isFolded,
  isGeometry,
  isInterval,
  isPredicate,
  isProperty,
} from '../../server/core/cql2/kinds.ts';
import type { ArrayOp, SpatialOp, TemporalOp } from '../../server/core/cql2/operators.ts';
import { type Box, metresApart, related as relatedInSpace, toBox, toCells } from './cql2-cells.ts';
import { calculate } from './cql2-numbers.ts';
import { related as relatedInTime, type Time, toTime } from './cql2-times.ts';

/** A record as the evaluator sees it: null is unknown. `geometry` is a box, `valid` two ends with null for an open one. */
export type Row = Readonly<Record<string, unknown>>;
export type Truth = boolean | null;

export const not = (value: Truth): Truth => (value === null ? null : !value);

function allOf(values: readonly Truth[]): Truth {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}

/** CQL2's three-valued logic, written from the standard's tables and not from SQL. */
export function truth(predicate: Predicate, row: Row): Truth {
  if (typeof predicate === 'boolean') return predicate;
  const { op, args } = predicate as { op: string; args: readonly never[] };
  const again = (arg: Predicate) => truth(arg, row);
  if (op === 'and') return allOf(args.map(again));
  if (op === 'or') return not(allOf(args.map((arg) => not(again(arg)))));
  if (op === 'not') return not(again(args[0] as never));
  if (op === 'isNull') return isUnknown(args[0] as never, row);
  if (op === 'like') return matches(value(args[0] as never, row), toPattern(args[1] as never));
  if (op === 'between') {
    const [subject, low, high] = args as unknown as [Scalar, Scalar, Scalar];
    return allOf([again({ op: '>=', args: [subject, low] }), again({ op: '<=', args: [subject, high] })]);
  }
  if (op === 'in') {
    const [subject, list] = args as unknown as [Scalar, Scalar[]];
    return not(allOf(list.map((member) => not(again({ op: '=', args: [subject, member] })))));
  }
  if (op.startsWith('a_')) return sets(op as ArrayOp, args.map((arg) => value(arg, row)) as (string[] | null)[]);
  if (op.startsWith('t_')) {
    const [a, b] = args.map((arg) => time(arg, row));
    return a && b ? relatedInTime(op as TemporalOp, a, b) : null;
  }
  if (op.startsWith('s_')) {
    const [a, b] = args.slice(0, 2).map((arg) => place(arg, row));
    if (!a || !b) return null;
    if (op === 's_dwithin') return metresApart(a, b) <= Number(args[2]);
    return relatedInSpace(op as SpatialOp, toCells(a), toCells(b));
  }
  return compare(op, value(args[0] as never, row), value(args[1] as never, row));
}

function isUnknown(expression: Expression, row: Row): boolean {
  if (isProperty(expression) && expression.property === 'valid') return row.valid === null;
  if (isGeometry(expression)) return false;
  if (isInterval(expression)) return time(expression, row) === null;
  if (isPredicate(expression)) return truth(expression, row) === null;
  return value(expression as Scalar, row) === null;
}

function value(scalar: Scalar, row: Row): unknown {
  if (typeof scalar !== 'object' || Array.isArray(scalar)) return scalar;
  if (isArithmetic(scalar)) {
    const [left, right] = scalar.args.map((arg) => value(arg, row)) as [number | null, number | null];
    return calculate(scalar.op, left, right);
  }
  if (isFolded(scalar)) {
    const text = value(scalar.args[0], row);
    return text === null ? null : fold(scalar.op, String(text));
  }
  if (isProperty(scalar)) return row[scalar.property] ?? null;
  return 'date' in scalar ? scalar.date : scalar.timestamp;
}

function compare(op: string, left: unknown, right: unknown): Truth {
  if (Array.isArray(left)) return holds(left, right, op);
  if (Array.isArray(right)) return holds(right, left, op);
  if (left === null || right === null) return null;
  const isText = typeof left === 'string';
  const order = isText
    ? Buffer.compare(Buffer.from(key(left)), Buffer.from(key(String(right))))
    : Number(left) - Number(right);
  const isOrdered = { '=': order === 0, '<>': order !== 0, '<': order < 0, '<=': order <= 0, '>': order > 0 };
  return op === '>=' ? order >= 0 : isOrdered[op as keyof typeof isOrdered];
}

/** Instants with the same decimals, so that they sort as texts. */
const key = (text: string) => (/^\d{4}-.*T/.test(text) ? new Date(text).toISOString() : text);

/** A list equals a value that one of its elements equals; so an empty list equals nothing, not even the unknown. */
function holds(list: readonly string[], wanted: unknown, op: string): Truth {
  const found = not(allOf(list.map((element) => not(compare('=', element, wanted)))));
  return op === '=' ? found : not(found);
}

function sets(op: ArrayOp, [a, b]: readonly (readonly string[] | null | undefined)[]): Truth {
  if (!a || !b) return null;
  const within = (one: readonly string[], other: readonly string[]) => one.every((element) => other.includes(element));
  if (op === 'a_overlaps') return a.some((element) => b.includes(element));
  if (op === 'a_contains') return within(b, a);
  return op === 'a_containedBy' ? within(a, b) : within(a, b) && within(b, a);
}

function toPattern(pattern: Pattern): string {
  return typeof pattern === 'string' ? pattern : fold(pattern.op, toPattern(pattern.args[0]));
}

function matches(text: unknown, pattern: string): Truth {
  if (text === null) return null;
  const parts = [...pattern.matchAll(/\\(.)|(%)|(_)|(.)/gsu)].map(([, escaped, any, one, plain]) => {
    if (any) return '.*';
    return one ? '.' : ((escaped ?? plain) as string).replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 'su').test(String(text));
}

function time(expression: Temporal, row: Row): Time | null {
  if (typeof expression === 'string') return toTime(expression);
  if (isProperty(expression) && expression.property === 'valid') {
    const valid = row.valid as readonly [string | null, string | null] | null;
    const [from, to] = (valid ?? []).map((day) => (day === null ? null : Date.parse(`${day}T00:00:00Z`)));
    return valid && { from: from ?? -Infinity, to: to ?? Infinity, closed: false };
  }
  if (isInterval(expression)) {
    const [from, to] = expression.interval.map((end) => {
      if (end === '..') return { from: -Infinity, to: Infinity, closed: false };
      return time(end, row);
    });
    if (!from || !to) return null;
    const isSound = to.closed ? from.from <= to.to : from.from < to.to;
    return isSound ? { from: from.from, to: to.to, closed: to.closed } : null;
  }
  const known = value(expression, row);
  return known === null ? null : toTime(String(known));
}

function place(expression: Spatial, row: Row): Box | null {
  return isProperty(expression) ? (row.geometry as Box | null) : toBox(expression);
}
