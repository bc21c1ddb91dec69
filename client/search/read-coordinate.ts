import type { Token } from './coordinate-tokens.ts';

/** One coordinate of two. */
export interface Coordinate {
  readonly degrees: number;
  /** Null: the text does not say which of the two it is. */
  readonly axis: 'lat' | 'lon' | null;
  /** Degrees; degrees and minutes; and seconds. */
  readonly parts: 1 | 2 | 3;
}

const UNITS = ['degree', 'minute', 'second'] as const;

/** Degrees, minutes and seconds with a letter or a sign; null where the parts are none. */
export function readCoordinate(tokens: readonly Token[]): Coordinate | null {
  const letters = tokens.flatMap((token) => (token.type === 'letter' ? [token.letter] : []));
  const axes = tokens.flatMap((token) => (token.type === 'axis' ? [token.axis] : []));
  const [letter] = letters;
  if (letters.length > 1 || axes.length > 1 || !isAtAnEnd(tokens)) return null;
  const numbers: Extract<Token, { type: 'number' }>[] = [];
  for (const token of tokens) {
    if (token.type === 'between') return null;
    if (token.type === 'number') numbers.push(token);
    // Marks come in their order, each after its number.
    else if (token.type === 'mark' && UNITS[numbers.length - 1] !== token.unit) return null;
  }
  const [degrees, minutes, seconds] = numbers;
  if (!degrees || numbers.length > 3) return null;
  if (minutes && (!degrees.whole || minutes.signed || minutes.value >= 60)) return null;
  if (seconds && (!minutes?.whole || seconds.signed || seconds.value >= 60)) return null;
  // "-3 W" says west twice, or east.
  if (letter && degrees.signed) return null;
  const size = Math.abs(degrees.value) + (minutes?.value ?? 0) / 60 + (seconds?.value ?? 0) / 3600;
  const isNegative = Object.is(Math.sign(degrees.value), -1) || Object.is(degrees.value, -0);
  const isSouthOrWest = letter === 'S' || letter === 'W' || isNegative;
  const ofLetter = letter === undefined ? null : letter === 'N' || letter === 'S' ? 'lat' : 'lon';
  const [ofWord] = axes;
  if (ofWord && ofLetter && ofWord !== ofLetter) return null;
  return {
    degrees: isSouthOrWest ? -size : size,
    axis: ofLetter ?? ofWord ?? null,
    parts: numbers.length as 1 | 2 | 3,
  };
}

/** Letters stand before the first number or behind the last part. */
function isAtAnEnd(tokens: readonly Token[]): boolean {
  const isNote = ({ type }: Token) => type === 'letter' || type === 'axis';
  const first = tokens.findIndex((token) => !isNote(token));
  const last = tokens.findLastIndex((token) => !isNote(token));
  return first >= 0 && !tokens.slice(first, last + 1).some(isNote);
}
