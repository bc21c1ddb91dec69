import { t } from './text.ts';

const WORDS = {
  km2: 'unit.km2',
  '1/100 km/month': 'unit.per100km',
  '1/1000 km2/month': 'unit.per1000km2Month',
  '1/1000 km2': 'unit.per1000km2',
  d: 'unit.days',
  month: 'unit.months',
  deg: 'unit.degrees',
} as const;

/** A unit of a result in words; numbers of things have none. */
export function unitText(unit: string | undefined): string {
  if (unit === undefined || unit === '1') return '';
  return unit in WORDS ? t(WORDS[unit as keyof typeof WORDS]) : unit;
}
