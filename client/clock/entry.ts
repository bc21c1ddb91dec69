import type { TimeWindow } from '../url.ts';
import { isCalendarDay } from '../url.ts';
import { firstDay, lastDay, type Span } from './calendar.ts';

/** Reads dates as people write them, in English and French alike: a text that was sent by a colleague is pasted as it is. */

const MONTHS = [
  ['january', 'janvier'],
  ['february', 'fevrier'],
  ['march', 'mars'],
  ['april', 'avril'],
  ['may', 'mai'],
  ['june', 'juin'],
  ['july', 'juillet'],
  ['august', 'aout'],
  ['september', 'septembre'],
  ['october', 'octobre'],
  ['november', 'novembre'],
  ['december', 'decembre'],
] as const;

const EVERYTHING = /^(?:\.\.\/\.\.|all(?: dates)?|everything|tout|toutes(?: les dates)?)$/;
const OPENING = /^(?:from|since|after|du|de|depuis(?: le)?|a partir d[eu])\s+/;
const UNTIL = /^(?:until|to|up to|jusqu'?(?:au?|en)?|avant(?: le)?)\s+/;
const BETWEEN = /\s+(?:to|until|through|and|au|a|jusqu'?(?:au?|en)|et)\s+|\s*\.\.\s*|\s*[/\u2013\u2014-]\s*/g;

/** The window that a text names; null when it names none. Both ends included: "2022-03" is all of March. */
export function parseEntry(text: string): TimeWindow | null {
  const plain = simple(text);
  if (EVERYTHING.test(plain)) return { from: null, to: null };
  if (/^\.\.\s*\//.test(plain)) return endingAt(plain.replace(/^\.\.\s*\/\s*/, ''));
  if (/\/\s*\.\.$/.test(plain)) return beginningAt(plain.replace(/\s*\/\s*\.\.$/, ''));
  if (UNTIL.test(plain)) return endingAt(plain.replace(UNTIL, ''));
  const moment = parseMoment(plain);
  if (moment) return moment;
  const rest = plain.replace(OPENING, '');
  for (const { index, 0: between } of rest.matchAll(BETWEEN)) {
    const first = parseMoment(rest.slice(0, index));
    const last = parseMoment(rest.slice(index + between.length));
    if (first && last) return first.from <= last.to ? { from: first.from, to: last.to } : null;
  }
  return rest === plain ? null : beginningAt(rest);
}

function endingAt(text: string): TimeWindow | null {
  const moment = parseMoment(text);
  return moment && { from: null, to: moment.to };
}

function beginningAt(text: string): TimeWindow | null {
  const moment = parseMoment(text);
  return moment && { from: moment.from, to: null };
}

/** Small letters without accents; dots that end a short name, and "1er", as the name and the number alone. */
function simple(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/\u2019/g, "'")
    .toLowerCase()
    .replace(/([a-z])\.(?!\.)/g, '$1')
    .replace(/\b1(?:er|st)\b/g, '1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A year, a quarter, a month or a day. Where all is numbers, the day comes before the month, as in both languages here. */
function parseMoment(text: string): Span | null {
  const [year, quarter] = [
    /^(\d{4})$/.exec(text),
    /^(?:[qt]([1-4])[ -/]?(\d{4})|(\d{4})[ -/]?[qt]([1-4]))$/.exec(text),
  ];
  if (year) return toMonths(Number(year[1]), 1, 12);
  if (quarter) {
    const first = (Number(quarter[1] ?? quarter[4]) - 1) * 3 + 1;
    return toMonths(Number(quarter[2] ?? quarter[3]), first, 3);
  }
  const iso = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(text);
  if (iso) return toSpan(iso[1], Number(iso[2]), iso[3]);
  const numbers = /^(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})$/.exec(text);
  if (numbers) return toSpan(numbers[3], Number(numbers[2]), numbers[1]);
  const named = /^(?:(\d{1,2}) )?([a-z]{3,}) (?:(\d{1,2}),? )?(\d{4})$/.exec(text);
  return named && toSpan(named[4], monthNamed(named[2] ?? ''), named[1] ?? named[3]);
}

/** 1 to 12; 0 for what is no month, or could be two. */
function monthNamed(name: string): number {
  const found = MONTHS.flatMap((names, index) => (names.some((each) => each.startsWith(name)) ? [index + 1] : []));
  return found.length === 1 ? (found[0] as number) : 0;
}

function toMonths(year: number, month: number, count: number): Span | null {
  if (year === 0 || month < 1 || month > 12) return null;
  const first = year * 12 + month - 1;
  return { from: firstDay(first), to: lastDay(first + count - 1) };
}

function toSpan(year: string | undefined, month: number, day: string | undefined): Span | null {
  const whole = toMonths(Number(year), month, 1);
  if (!whole || day === undefined) return whole;
  const exact = `${whole.from.slice(0, 8)}${day.padStart(2, '0')}`;
  return isCalendarDay(exact) ? { from: exact, to: exact } : null;
}
