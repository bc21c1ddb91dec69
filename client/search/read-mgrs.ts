import { mgrs } from './mgrs-package.ts';
import type { Reading } from './position.ts';

/** Zone, band without I and O, two letters of the square, and as many digits east as north. */
const MGRS = /^(0?[1-9]|[1-5]\d|60)([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])((?:\d\d){0,5})$/;
const BANDS = 'CDEFGHJKLMNPQRSTUVWX';

/** The square that a reference names, 1 m to 100 km wide; null where there is no such square. */
export function readMgrs(text: string): Reading | null {
  const joined = text.toUpperCase().replace(/[\s-]+/g, '');
  const [, zone = '', band = '', column = '', row = '', digits = ''] = MGRS.exec(joined) ?? [];
  if (!zone) return null;
  try {
    const [west, south, east, north] = mgrs.inverse(joined);
    const [lon, lat] = [(west + east) / 2, (south + north) / 2];
    if (!isInZone(lon, Number(zone)) || !isInBand(lat, band)) return null;
    const half = digits.length / 2;
    const parts = [`${Number(zone)}${band}`, `${column}${row}`, digits.slice(0, half), digits.slice(half)];
    return {
      ...{ lon, lat, written: 'mgrs', order: null, box: [west, south, east, north] },
      ...{ side: 10 ** (5 - half), reference: parts.filter(Boolean).join(' ') },
    };
  } catch {
    return null;
  }
}

/** Squares at the border of a zone reach beyond it, and zones around Norway are wider. */
const isInZone = (lon: number, zone: number) => Math.abs(lon - (zone * 6 - 183)) <= 9;

function isInBand(lat: number, band: string): boolean {
  const south = BANDS.indexOf(band) * 8 - 80;
  return lat >= south - 1 && lat <= (band === 'X' ? 84 : south + 8) + 1;
}
