import { language } from '../state.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

const format = (value: number, unit: string, digits: number) =>
  new Intl.NumberFormat(language.value === 'fr' ? 'fr' : 'en-GB', {
    ...{ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits },
  }).format(value);

/** A number of bytes, as people read it: 1.2 MB. */
export function bytesText(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** step;
  return format(value, UNITS[step] ?? 'byte', value < 10 && step > 0 ? 1 : 0);
}

/** A number of seconds, no more exact than it is known. */
export function secondsText(seconds: number): string {
  return seconds < 90
    ? format(Math.max(1, Math.round(seconds)), 'second', 0)
    : format(Math.round(seconds / 60), 'minute', 0);
}
