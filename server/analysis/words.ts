import type { Language } from '../core/layer.ts';

const LOCALE = { en: 'en-GB', fr: 'fr-FR' } as const;

/** How numbers, distances, days and lists are written in a sentence. */
export function inWords(lang: Language) {
  const locale = LOCALE[lang];
  // French keeps a number and its unit on one line.
  const space = lang === 'fr' ? '\u00a0' : ' ';
  /** With a sign that is as wide as a digit, and none before 0. */
  const format = (value: number, options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, { ...options, signDisplay: 'negative' }).format(value).replace(/^-/, '\u2212');
  const number = (value: number, decimals = 0) => format(value, { maximumFractionDigits: decimals });
  return {
    number,
    /** A rate or a ratio: at most two decimals, of a large one none, and of a small one two digits that say something, however small it is. */
    rate: (value: number) => {
      if (value > 0 && value < 0.1) return format(value, { maximumSignificantDigits: 2 });
      return number(value, value < 100 ? 2 : 0);
    },
    /** "12.3 %", in English too, as intervals are written. */
    percent: (share: number, decimals = 0) =>
      format(share, { style: 'percent', maximumFractionDigits: decimals }).replace(/(?<=\d)%/, ' %'),
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
    /** Degrees: "14.21° N, 4.09° W". */
    position: ({ lon, lat }: { readonly lon: number; readonly lat: number }, decimals = 2) => {
      const side = (value: number, positive: string, negative: string) =>
        `${number(Math.abs(value), decimals)}° ${value < 0 ? negative : positive}`;
      return `${side(lat, 'N', 'S')}, ${side(lon, 'E', lang === 'fr' ? 'O' : 'W')}`;
    },
    list: (items: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
  };
}

/** A number with its noun: "1 event", "2 events"; in French 0 and 1 are singular. */
export function count(lang: Language, value: number, one: string, many: string): string {
  const isOne = lang === 'fr' ? value < 2 : value === 1;
  return `${inWords(lang).number(value)} ${isOne ? one : many}`;
}

/** Of spread events there are parts. */
export function eventsInWords(lang: Language, events: number): string {
  const isOne = lang === 'fr' ? events < 2 : events === 1;
  const noun = lang === 'en' ? (isOne ? 'event' : 'events') : isOne ? 'événement' : 'événements';
  return `${inWords(lang).number(events, 1)} ${noun}`;
}
