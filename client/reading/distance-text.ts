import { count, t } from '../i18n/text.ts';

const STEPS = [1, 2, 5, 10, 50, 100, 1000];

/** `850 m`, `12 km`: as a record is placed, to two digits or so. */
export function distanceText(metres: number): string {
  const step = STEPS.findLast((each) => metres >= each * 20) ?? 1;
  const rounded = metres < 1000 ? Math.round(metres / step) * step : metres;
  if (rounded < 1000) return `${count(rounded)}\u00a0m`;
  const km = rounded / 1000;
  return `${count(km < 10 ? Math.round(km * 10) / 10 : Math.round(km))}\u00a0km`;
}

/** What a distance may be, in words. */
export const intervalText = ([least, most]: readonly [number, number]): string =>
  t('card.interval', { least: distanceText(least), most: distanceText(most) });
