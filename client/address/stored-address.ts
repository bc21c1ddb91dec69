/** What of an address is the page's own, and no part of what it shows: `view` and `brief` would lead on to another view. */
const OF_PAGE = ['view', 'brief', 'present', 'upload', 'connect', 'correct', 'settings', 'watch', 'saver'];
/** What lies beside the map, and the language: a brief has its own. */
const BESIDE = ['lang', 'list', 'table', 'select', 'at', 'rec', 'theme'];

/** An address (from its "#" on) with some parts set, or taken away where null. */
export function withParts(address: string, parts: Readonly<Record<string, string | null>>): string {
  const params = new URLSearchParams(address.replace(/^#/, ''));
  for (const [name, value] of Object.entries(parts)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  // As the page writes them, which people can read.
  return `#${params}`.replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%3A', ':');
}

const without = (address: string, names: readonly string[]) =>
  withParts(address, Object.fromEntries(names.map((name) => [name, null])));

/** What is stored of what the page shows, for a link that opens it again. */
export const sharedAddress = (address: string): string => without(address, OF_PAGE);

/**
 * What is stored of what the page shows, as a view of a brief. `frame`: what of the map nothing lies over, west, south,
 * east, north in degrees: other screens show the same part, whatever their size.
 */
export function briefAddress(address: string, frame: readonly number[] | null): string {
  const stored = without(sharedAddress(address), BESIDE);
  return frame === null ? stored : withParts(stored, { frame: frame.map((degrees) => degrees.toFixed(4)).join(',') });
}

/** The frame that an address says; null: none. */
export function frameOf(address: string): readonly [number, number, number, number] | null {
  const text = new URLSearchParams(address.replace(/^#/, '')).get('frame') ?? '';
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN, ...rest] = text
    .split(',')
    .map((part) => (part === '' ? Number.NaN : Number(part)));
  const isBox = Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 90 && Math.abs(north) <= 90;
  return isBox && west < east && south < north && rest.length === 0 ? [west, south, east, north] : null;
}
