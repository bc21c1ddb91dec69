import { InvalidFilter } from '../../errors.ts';
import type { IntervalEnd, IntervalLiteral, Place, Temporal, TemporalTest } from '../ast.ts';
import { isDate, isIntervalEnd, isTimestamp, OPEN } from '../instants.ts';
import { isInterval, isProperty } from '../kinds.ts';
import { describe, familyOf, type Operand, operands, placeOf, propertyNamed, type Scope } from './scope.ts';
import { FAMILY, NOUN, shown } from './words.ts';

/** Days, instants and spans of time are all compared as spans, so any goes with any. */
export function checkTemporal({ op, args }: TemporalTest, scope: Scope): TemporalTest {
  const pair = operands<Temporal>(args, scope).map((operand) => checkTime(op.toUpperCase(), operand, scope));
  return { op, args: pair as [Temporal, Temporal] };
}

const TIMES: readonly string[] = ['date', 'timestamp', 'interval'];

function checkTime(operator: string, operand: Operand<Temporal>, scope: Scope): Temporal {
  const { expression, place } = operand;
  if (isInterval(expression)) return checkInterval(expression, scope);
  if (typeof expression === 'string') {
    if (isDate(expression)) return { date: expression };
    if (isTimestamp(expression)) return { timestamp: expression };
    const right = "DATE('2022-03-27') or INTERVAL('2022-01-01', '..')";
    throw new InvalidFilter(`${operator} takes times such as ${right}, not ${shown(expression)}.`, place);
  }
  if (!TIMES.includes(familyOf(operand))) {
    const fields = [...scope.properties.values()].filter(({ type }) => TIMES.includes(FAMILY[type]));
    const names = fields.map(({ name }) => name).join(', ');
    throw new InvalidFilter(`${operator} takes times, but ${describe(operand)}. Times: ${names}.`, place);
  }
  if ('date' in expression && !isDate(expression.date)) throw notOnCalendar(shown(expression), place);
  if ('timestamp' in expression && !isTimestamp(expression.timestamp)) throw notOnCalendar(shown(expression), place);
  return expression;
}

export function checkInterval({ interval }: IntervalLiteral, scope: Scope): IntervalLiteral {
  for (const [index, end] of interval.entries()) checkEnd(end, placeOf(interval, index, scope), scope);
  const [from, to] = interval;
  if (typeof from === 'string' && typeof to === 'string' && from !== OPEN && to !== OPEN && first(from) > last(to)) {
    const place = placeOf(interval, 1, scope);
    throw new InvalidFilter(`The interval from ${shown(from)} to ${shown(to)} ends before it begins.`, place);
  }
  return { interval };
}

function checkEnd(end: IntervalEnd, place: Place, scope: Scope): void {
  if (isProperty(end)) {
    const { name, type } = propertyNamed(end.property, scope, place);
    if (type === 'date' || type === 'datetime') return;
    const what = `"${name}" is ${type === 'strings' ? 'a list of texts' : NOUN[FAMILY[type]]}`;
    throw new InvalidFilter(`An interval ends at a day or an instant, but ${what}.`, place);
  }
  if (!isIntervalEnd(end)) throw notOnCalendar(shown(end), place);
}

const notOnCalendar = (what: string, place: Place) => new InvalidFilter(`${what} is not on the calendar.`, place);

/** Instants with as many decimals each, so that they sort as texts. */
const first = (end: string) => padded(isDate(end) ? `${end}T00:00:00Z` : end);
const last = (end: string) => padded(isDate(end) ? `${end}T23:59:59.999999999Z` : end);
const padded = (instant: string) => `${instant.slice(0, 19)}.${instant.slice(20, -1).padEnd(9, '0')}`;
