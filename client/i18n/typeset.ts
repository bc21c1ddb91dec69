import { noBreakSpaces } from '../../server/core/no-break-spaces.ts';

/** A number and its unit stay on one line. */
const UNIT = /(?<=[\d}]) (?=(?:km²?|m|%|°)(?![\p{L}\d]))/gu;

/** Typed data has the apostrophe of a keyboard. */
const TYPED = /(?<=\p{L})'(?=\p{L})/gu;

/** A French text of the data with the apostrophe that is printed, between letters only: minutes of arc stay. */
export const withApostrophes = (text: string): string => text.replace(TYPED, '’');

/** A date in French, whose first of a month is an ordinal: "1er mars 2022". */
export const withOrdinal = (date: string): string => date.replace(/^1 /, '1er ');

/** French texts as they are printed: spaces that may not break are written as any other, and set here. */
export function typeset(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, noBreakSpaces(text).replace(UNIT, '\u00a0')]),
  );
}
