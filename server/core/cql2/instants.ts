/** A day of the calendar from 0001-01-01 to 9999-12-31; PostgreSQL has no year 0000. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  // JavaScript reads 30 February as 2 March.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

export function isTimestamp(text: string): boolean {
  return isDate(text.slice(0, 10)) && /^T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,9})?Z$/.test(text.slice(10));
}

/** What stands for no end at all in an interval. */
export const OPEN = '..';

export function isIntervalEnd(text: string): boolean {
  return text === OPEN || isDate(text) || isTimestamp(text);
}
