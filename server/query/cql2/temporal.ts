import type { IntervalEnd, IntervalLiteral, Temporal, TemporalTest } from '../../core/cql2/ast.ts';
import { isDate, OPEN } from '../../core/cql2/instants.ts';
import { isInterval, isProperty } from '../../core/cql2/kinds.ts';
import type { TemporalOp } from '../../core/cql2/operators.ts';
import { ident, type Sql, sql } from '../sql.ts';
import { column, propertyOf, type Subject } from './columns.ts';

/** From one instant to another, infinite where it is open; `ends` says that the last instant is a part of it. */
interface Span {
  readonly from: Sql;
  readonly to: Sql;
  readonly ends: boolean;
  /** Written down, so that an index can find what meets it. */
  readonly isLiteral: boolean;
  /** The span over which a record holds. */
  readonly isValidity: boolean;
}

/**
 * The relations of Allen's algebra, as the standard takes them from the Time Ontology (W3C and OGC), on the ends of spans. A
 * day is the span of its 24 hours, an instant one that is all end. What holds up to a day does not meet that day.
 */
export function temporalTest({ op, args: [first, second] }: TemporalTest, subject: Subject): Sql {
  const [a, b] = [toSpan(first, subject), toSpan(second, subject)];
  const related = sql`(${relation(op, a, b)})`;
  const window = SHARES_TIME.has(op) ? toWindow(a, b) : undefined;
  if (!window) return related;
  return op === 't_intersects' ? window : sql`(${window} AND ${related})`;
}

function isBefore(a: Span, b: Span): Sql {
  return a.ends ? sql`${a.to} < ${b.from}` : sql`${a.to} <= ${b.from}`;
}

function relation(op: TemporalOp, a: Span, b: Span): Sql {
  switch (op) {
    case 't_before':
      return isBefore(a, b);
    case 't_after':
      return isBefore(b, a);
    case 't_disjoint':
      return sql`${isBefore(a, b)} OR ${isBefore(b, a)}`;
    case 't_intersects':
      return sql`NOT (${isBefore(a, b)} OR ${isBefore(b, a)})`;
    case 't_equals':
      return sql`${a.from} = ${b.from} AND ${a.to} = ${b.to}`;
    case 't_contains':
      return sql`${a.from} < ${b.from} AND ${a.to} > ${b.to}`;
    case 't_during':
      return sql`${a.from} > ${b.from} AND ${a.to} < ${b.to}`;
    case 't_starts':
      return sql`${a.from} = ${b.from} AND ${a.to} < ${b.to}`;
    case 't_startedBy':
      return sql`${a.from} = ${b.from} AND ${a.to} > ${b.to}`;
    case 't_finishes':
      return sql`${a.from} > ${b.from} AND ${a.to} = ${b.to}`;
    case 't_finishedBy':
      return sql`${a.from} < ${b.from} AND ${a.to} = ${b.to}`;
    case 't_meets':
      return sql`${a.to} = ${b.from}`;
    case 't_metBy':
      return sql`${a.from} = ${b.to}`;
    case 't_overlaps':
      return sql`${a.from} < ${b.from} AND ${a.to} > ${b.from} AND ${a.to} < ${b.to}`;
    case 't_overlappedBy':
      return sql`${a.from} > ${b.from} AND ${a.from} < ${b.to} AND ${a.to} > ${b.to}`;
  }
}

const APART: readonly TemporalOp[] = ['t_before', 't_after', 't_disjoint', 't_meets', 't_metBy'];
const SHARES_TIME = {
  has: (op: TemporalOp) => !APART.includes(op),
};

/** The validity against what is written down, as one overlap of ranges, which the index on `valid` answers. */
function toWindow(a: Span, b: Span): Sql | undefined {
  const literal = a.isValidity ? b : a;
  if (a.isValidity === b.isValidity || !literal.isLiteral) return undefined;
  const bounds = literal.ends ? sql`'[]'` : sql`'[)'`;
  return sql`${ident('valid')} && tstzrange(${literal.from}, ${literal.to}, ${bounds})`;
}

/** The instant at which a UTC day begins. */
const dawn = (day: Sql) => sql`(${day})::timestamp AT TIME ZONE 'UTC'`;

export function toSpan(time: Temporal, subject: Subject): Span {
  const kind = { isLiteral: false, isValidity: false };
  const property = propertyOf(time, subject);
  if (property?.type === 'interval') return { ...validity(), ends: false, ...kind, isValidity: true };
  if (property?.type === 'date') return { ...ofDay(column(property)), ...kind };
  if (property) return { from: column(property), to: column(property), ends: true, ...kind };
  if (isInterval(time)) return ofInterval(time, subject);
  if (typeof time === 'object' && 'date' in time)
    return { ...ofDay(sql`${time.date}::date`), ...kind, isLiteral: true };
  if (typeof time !== 'object' || !('timestamp' in time)) throw new Error('the filter was not checked');
  const instant = sql`${time.timestamp}::timestamptz`;
  return { from: instant, to: instant, ends: true, ...kind, isLiteral: true };
}

function ofDay(day: Sql): Pick<Span, 'from' | 'to' | 'ends'> {
  return { from: sql`(${dawn(day)})`, to: sql`(${dawn(sql`${day} + 1`)})`, ends: false };
}

/** An open end of the column is NULL, like a validity that is missing. */
function validity(): Pick<Span, 'from' | 'to'> {
  const valid = ident('valid');
  const end = (bound: Sql) => sql`CASE WHEN NOT isempty(${valid}) THEN ${bound} END`;
  return {
    from: sql`(${end(sql`coalesce(lower(${valid}), '-infinity')`)})`,
    to: sql`(${end(sql`coalesce(upper(${valid}), 'infinity')`)})`,
  };
}

function ofInterval({ interval: [first, last] }: IntervalLiteral, subject: Subject): Span {
  const from = toEnd(first, subject, sql`'-infinity'::timestamptz`);
  const to = toEnd(last, subject, sql`'infinity'::timestamptz`);
  const kind = { ends: to.ends, isLiteral: !isProperty(first) && !isProperty(last), isValidity: false };
  if (kind.isLiteral) return { from: from.from, to: to.to, ...kind };
  // With an end that is not known, or that comes before the other, it is no interval.
  const isSound = to.ends ? sql`${from.from} <= ${to.to}` : sql`${from.from} < ${to.to}`;
  const sound = (bound: Sql) => sql`(CASE WHEN ${isSound} THEN ${bound} END)`;
  return { from: sound(from.from), to: sound(to.to), ...kind };
}

function toEnd(end: IntervalEnd, subject: Subject, open: Sql): Pick<Span, 'from' | 'to' | 'ends'> {
  if (isProperty(end)) return toSpan(end, subject);
  if (end === OPEN) return { from: open, to: open, ends: false };
  return toSpan(isDate(end) ? { date: end } : { timestamp: end }, subject);
}
