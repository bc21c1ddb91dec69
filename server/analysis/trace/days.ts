import type { Language } from '../../core/layer.ts';
import { inWords } from '../words.ts';

const LOCALE = { en: 'en-GB', fr: 'fr-FR' } as const;

/** A span of days as it is said: a day, a month or a year where it is one, else from when to when. */
export function spanInWords(lang: Language, first: string, last: string): string {
  const { day } = inWords(lang);
  if (first === last) return day(first);
  const [year, month] = first.split('-').map(Number) as [number, number];
  const isFromMonthsStart = first.endsWith('-01');
  const monthEnds = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  if (isFromMonthsStart && last === monthEnds) {
    const words = new Intl.DateTimeFormat(LOCALE[lang], { year: 'numeric', month: 'long', timeZone: 'UTC' });
    return words.format(new Date(first));
  }
  if (first === `${first.slice(0, 4)}-01-01` && last === `${first.slice(0, 4)}-12-31`) return first.slice(0, 4);
  return lang === 'en' ? `between ${day(first)} and ${day(last)}` : `entre le ${day(first)} et le ${day(last)}`;
}

/** "14 to 44 days", "one day"; of bounds that are the same, one number. */
export function daysInWords(lang: Language, min: number, max: number): string {
  const { number } = inWords(lang);
  const many = Math.abs(max) >= 2 || (lang === 'en' && max === 0);
  const unit = lang === 'en' ? (many ? 'days' : 'day') : many ? 'jours' : 'jour';
  const from = Math.max(0, min);
  if (from === max) return `${number(max)} ${unit}`;
  return `${number(from)} ${lang === 'en' ? 'to' : 'à'} ${number(max)} ${unit}`;
}
