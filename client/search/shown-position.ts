import type { Position } from '../state/position.ts';
import { spaceMgrs } from './print-position.ts';

/** How a position that was read off the map is written: no finer than the map shows it. */

/** Decimals of a degree, 2 to 5. */
export const decimalsFor = (degreesPerPixel: number): number =>
  Math.min(5, Math.max(2, Math.ceil(-Math.log10(degreesPerPixel))));

/** Digits each way of an MGRS reference, 1 (10 km) to 5 (1 m). */
export const digitsFor = (degreesPerPixel: number): number => Math.min(5, Math.max(1, decimalsFor(degreesPerPixel)));

/** The package is fetched when a reference is first shown. */
let packed: Promise<typeof import('./mgrs-package.ts')> | undefined;

/** `30Q VD 99211 54498`; null beyond 80° S and 84° N, where MGRS has other squares. */
export async function mgrsOf({ lon, lat }: Position, digits: number): Promise<string | null> {
  if (lat <= -80 || lat >= 84) return null;
  packed ??= import('./mgrs-package.ts');
  const { mgrs } = await packed;
  return spaceMgrs(mgrs.forward([((lon + 540) % 360) - 180, lat], digits));
}
