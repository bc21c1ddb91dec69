import type { Language } from '../core/layer.ts';

const LOCALE = { en: 'en-GB', fr: 'fr-FR' } as const;

/** How numbers, distances, days and lists are written in a sentence. */
export function inWords(lang: Language) {
  const locale = LOCALE[lang];
  // French keeps a number and its unit on one line.
  const space = lang === 'fr' ? '\u00a0' : ' ';
  const number = (value: number, decimals = 0) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: decimals }).format(value);
  return {
    number,
    /** A rate or a ratio: at most two decimals, of a large one none, and of a small one two digits that say something, however small it is. */
    rate: (value: number) => {
      if (value > 0 && value < 0.1) return new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }).format(value);
      return number(value, value < 100 ? 2 : 0);
    },
    percent: (share: number, decimals = 0) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: decimals }).format(share),
    /** Of metres: in metres up to one kilometre, else in kilometres, of few with a decimal. */
    distance: (metres: number) =>
      Math.round(metres) < 1_000
        ? `${number(metres)}${space}m`
        : `${number(metres / 1_000, metres < 10_000 ? 1 : 0)}${space}km`,
    /** A day, from an ISO 8601 text; UTC. */
    day: (iso: string) => {
      const written = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));
      return lang === 'fr' ? written.replace(/^1 /, '1er ') : written;
    },
    list: (items: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
  };
}

/** A number with its noun: "1 event", "2 events"; in French 0 and 1 are singular. */
export function count(lang: Language, value: number, one: string, many: string): string {
  const isOne = lang === 'fr' ? value < 2 : value === 1;
  return `${inWords(lang).number(value)} ${isOne ? one : many}`;
}
