import { noBreakSpaces } from '../../server/core/no-break-spaces.ts';

/** A number and its unit stay on one line. */
const UNIT = /(?<=[\d}]) (?=(?:km²?|m|%|°)(?![\p{L}\d]))/gu;

/** French texts as they are printed: spaces that may not break are written as any other, and set here. */
export function typeset(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, noBreakSpaces(text).replace(UNIT, '\u00a0')]),
  );
}
