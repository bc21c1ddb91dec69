export type DateOrder = 'day-month' | 'month-day' | 'either';

export interface ParsedDate {
  /** Whether it has a time of day. */
  readonly time: boolean;
  /** Of numbers with the year last; null where the text leaves no choice. */
  readonly order: DateOrder | null;
}

const TIME = '(?:[T ]\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d+)?)?\\s*(?:Z|[+-]\\d{2}:?\\d{2})?)?';
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}$`);
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})${TIME}$`);
const WORDS = /^(\d{1,2})(?:er|st|nd|rd|th)?[ -](\p{L}{3,9})\.?,?[ -](\d{4})$/u;

/** By their first letters, English and French, without accents; "juin" and "juillet" need four. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan'],
  ['feb', 'fev'],
  ['mar'],
  ['apr', 'avr'],
  ['may', 'mai'],
  ['jun', 'juin'],
  ['jul', 'juil'],
  ['aug', 'aou'],
  ['sep'],
  ['oct'],
  ['nov'],
  ['dec'],
];

/** What a text is as a date, or null when it is none: days that no calendar has are none. */
export function parseDate(text: string): ParsedDate | null {
  // Most are written like this, and a pattern takes five times as long.
  if (text.length === 10 && text[4] === '-' && text[7] === '-') {
    const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
    if (year >= 0 && month >= 0 && day >= 0) return isDay(year, month, day) ? DAY : null;
  }
  const first = YEAR_FIRST.exec(text);
  if (first) {
    const [, year, , month, day, hour, minute, second] = first;
    const good = isDay(Number(year), Number(month), Number(day)) && isTime(hour, minute, second);
    return good ? { time: hour !== undefined, order: null } : null;
  }
  const last = YEAR_LAST.exec(text);
  if (last) {
    const [, one, , two, year, hour, minute, second] = last;
    const order = toOrder(Number(one), Number(two), Number(year));
    return order !== undefined && isTime(hour, minute, second) ? { time: hour !== undefined, order } : null;
  }
  const words = WORDS.exec(text);
  if (!words) return null;
  const [, day, month = '', year] = words;
  return isDay(Number(year), monthNumber(month), Number(day)) ? { time: false, order: null } : null;
}

const DAY: ParsedDate = { time: false, order: null };

/** The number that these digits are; -1 when one is none. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = 10 * number + digit;
  }
  return number;
}

/** Undefined: no date in either order. 03/03/2020 is the same in both. */
function toOrder(one: number, two: number, year: number): DateOrder | null | undefined {
  const dayFirst = isDay(year, two, one);
  const monthFirst = isDay(year, one, two);
  if (dayFirst && monthFirst) return one === two ? null : 'either';
  return dayFirst ? 'day-month' : monthFirst ? 'month-day' : undefined;
}

function monthNumber(name: string): number {
  const letters = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return MONTHS.findIndex((starts) => starts.some((start) => letters.startsWith(start))) + 1;
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || year < 1) return false;
  if (day <= 28) return true;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

function isTime(hour: string | undefined, minute: string | undefined, second: string | undefined): boolean {
  return Number(hour ?? 0) < 24 && Number(minute ?? 0) < 60 && Number(second ?? 0) <= 60;
}
