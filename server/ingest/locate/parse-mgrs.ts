import mgrs from 'mgrs';

/**
 * Zone, band without I and O, two letters of the square, and as many digits east as north. The package is checked in what it
 * lets pass: it reads some impossible references to a position without a word.
 */
const MGRS = /^(0?[1-9]|[1-5]\d|60)([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])((?:\d\d){0,5})$/;

/** Longitude and latitude (degrees, WGS 84) of the middle of the square that a reference names; null when it is none. */
export function parseMgrs(text: string): readonly [lon: number, lat: number] | null {
  const reference = text.toUpperCase().replace(/\s+/g, '');
  const [, zone = '', band = ''] = MGRS.exec(reference) ?? [];
  if (!zone) return null;
  try {
    const [lon, lat] = mgrs.toPoint(reference);
    return isInZone(lon, Number(zone)) && isInBand(lat, band) ? [lon, lat] : null;
  } catch {
    return null;
  }
}

/** Squares at the border of a zone reach beyond it, and zones around Norway are wider: a degree and more is let pass. */
function isInZone(lon: number, zone: number): boolean {
  const middle = zone * 6 - 183;
  return Math.abs(lon - middle) <= 9;
}

const BANDS = 'CDEFGHJKLMNPQRSTUVWX';

function isInBand(lat: number, band: string): boolean {
  const south = BANDS.indexOf(band) * 8 - 80;
  const north = band === 'X' ? 84 : south + 8;
  return lat >= south - 1 && lat <= north + 1;
}
