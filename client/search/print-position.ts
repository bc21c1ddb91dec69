/** How a position is written: the same in every language but for the letters and the comma. */

const MINUS = '\u2212';

/** Five decimals: a metre. `16.77340, -3.00740`, to be pasted anywhere; never with a decimal comma. */
export const printDecimal = (lon: number, lat: number): string => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

/** The same to be read, with a true minus. */
export const showDecimal = (lon: number, lat: number): string => printDecimal(lon, lat).replaceAll('-', MINUS);

/** `16°46'24.2"N 3°00'26.6"W`; in French `… 3°00'26.6"O`. `places`: decimals of a second, 0 or 1. */
export function printDms(lon: number, lat: number, language: 'en' | 'fr', places: 0 | 1 = 1): string {
  const west = language === 'fr' ? 'O' : 'W';
  return `${angle(lat, places)}${lat < 0 ? 'S' : 'N'} ${angle(lon, places)}${lon < 0 ? west : 'E'}`;
}

function angle(degrees: number, places: 0 | 1): string {
  // In whole units of the last place, so that 59.96" becomes a minute.
  const unit = 10 ** places;
  const units = Math.round(Math.abs(degrees) * 3600 * unit);
  const seconds = ((units % (60 * unit)) / unit).toFixed(places).padStart(places === 0 ? 2 : 4, '0');
  const minutes = String(Math.floor(units / (60 * unit)) % 60).padStart(2, '0');
  return `${Math.floor(units / (3600 * unit))}°${minutes}'${seconds}"`;
}

/** `30Q UE 12345 67890` of `30QUE1234567890`. */
export function spaceMgrs(reference: string): string {
  const [, square = '', letters = '', digits = ''] = /^(\d+[A-Z])([A-Z]{2})(\d*)$/.exec(reference) ?? [];
  const half = digits.length / 2;
  return square === ''
    ? reference
    : [square, letters, digits.slice(0, half), digits.slice(half)].filter(Boolean).join(' ');
}
