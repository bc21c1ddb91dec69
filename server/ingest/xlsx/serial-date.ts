/** How a number format shows its number. */
export type Shown = 'number' | 'date' | 'datetime' | 'time';

const DAY = 86_400_000;
/** 31 December 9999, the last day that Excel knows. */
const LAST = 2_958_465;

/** Built-in formats that show a day or a time, by their numbers (ECMA-376 part 1, 18.8.30). */
export function shownByNumber(id: number): Shown {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'date';
  if (id === 22) return 'datetime';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return 'time';
  return 'number';
}

/** By the letters of a format's code that are not quoted, escaped, or a colour or condition in brackets. */
export function shownByCode(code: string): Shown {
  const letters = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '')
    .split(';', 1)[0] as string;
  if (/general/i.test(letters)) return 'number';
  const day = /[yd]/i.test(letters) || /m{3,}/i.test(letters);
  const time = /[hs]/i.test(letters);
  if (day) return time ? 'datetime' : 'date';
  return time ? 'time' : /m/i.test(letters) ? 'date' : 'number';
}

/**
 * A day number as `YYYY-MM-DD`, with `THH:MM:SS` when it has a part of a day, or `HH:MM:SS` for a time alone; no zone,
 * since the sheet has none. The number itself where it is no day. Before 1 March 1900 Excel counts a day that never was.
 */
export function fromSerial(serial: number, shown: Shown, from1904: boolean): string | number {
  if (shown === 'number' || !Number.isFinite(serial) || serial < 0 || serial > LAST) return serial;
  const seconds = Math.round(serial * 86_400);
  if (shown === 'time' && seconds < 86_400) return new Date(seconds * 1000).toISOString().slice(11, 19);
  const first = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const text = new Date(first + Math.floor(seconds / 86_400) * DAY + (seconds % 86_400) * 1000).toISOString();
  return seconds % 86_400 === 0 && shown !== 'time' ? text.slice(0, 10) : text.slice(0, 19);
}
