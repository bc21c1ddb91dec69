export interface Coordinate {
  /** Degrees, or units of the grid. Not checked against any range. */
  readonly value: number;
  /** In which way it was written otherwise than 12.345. */
  readonly written: 'plain' | 'decimal-comma' | 'dms';
}

const NUMBER = /^([+-]?)(\d+(?:[.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;
const PART = String.raw`(\d+(?:[.,]\d+)?)`;
/** Between parts there is a mark or a space; before a letter or the end there need be none. */
const apart = (marks: string) => String.raw`(?:\s*[${marks}]\s*|\s+|(?=[NSEWO]|$))`;
/** An s for seconds only before a letter: "36 S" is south. */
const SECOND_MARK = String.raw`\s*(?:"|”|″|''|’’|′′|s(?=\s*[NSEWO]$))?\s*`;
const MARKED = new RegExp(
  String.raw`^([+-])?\s*([NSEWO])?\s*${PART}${apart('°º˚d:')}(?:${PART}${apart("'’′m:")}(?:${PART}${SECOND_MARK})?)?([NSEWO])?$`,
  'i',
);

/** No coordinate is as long: patterns with many optional parts are kept from long texts. */
const LONGEST = 60;

/**
 * One coordinate as people write it: `-3.0426`, `-3,0426`, `3.0426 W`, `3°02'33.4" W`, `N 16 16 30`, `3d2m33s O` (ouest).
 * Null when it is none. `axis` tells which letters may stand with it: O is west in French, and no letter of a latitude.
 */
export function parseCoordinate(text: string, axis: 'lon' | 'lat' | 'grid'): Coordinate | null {
  if (text.length > LONGEST) return null;
  const trimmed = text
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim();
  if (NUMBER.test(trimmed)) {
    const comma = trimmed.includes(',');
    const value = Number(comma ? trimmed.replace(',', '.') : trimmed);
    return Number.isFinite(value) ? { value, written: comma ? 'decimal-comma' : 'plain' } : null;
  }
  return axis === 'grid' ? null : parseMarked(trimmed, axis);
}

function parseMarked(text: string, axis: 'lon' | 'lat'): Coordinate | null {
  const [, sign, before, degrees, minutes, seconds, after] = MARKED.exec(text) ?? [];
  if (degrees === undefined || (before && after)) return null;
  const letter = (before ?? after)?.toUpperCase();
  if (letter && !(axis === 'lon' ? 'EWO' : 'NS').includes(letter)) return null;
  // "-3 W" says west twice, or east.
  if (letter && sign) return null;
  const parts = [degrees, minutes ?? '0', seconds ?? '0'].map((part) => Number(part.replace(',', '.')));
  const [d = 0, m = 0, s = 0] = parts;
  // Only the last part may have decimals, and sixty minutes are a degree.
  if (m >= 60 || s >= 60 || (minutes && !Number.isInteger(d)) || (seconds && !Number.isInteger(m))) return null;
  const size = d + m / 60 + s / 3600;
  const negative = sign === '-' || letter === 'W' || letter === 'O' || letter === 'S';
  const comma = [degrees, minutes, seconds].some((part) => part?.includes(','));
  const written = minutes === undefined && comma ? 'decimal-comma' : minutes === undefined ? 'plain' : 'dms';
  return { value: negative ? -size : size, written };
}
