import type { Planned } from './plan.ts';
import type { Random } from './random.ts';
import { YEARS, ZONES } from './vocabulary.ts';

const DAY = 86_400_000;
/** Weeks of heightened activity per zone and year. */
const BURSTS = 5;
/** No French force in Mali after the summer of 2022. */
const LAST_INTERNATIONAL = Date.UTC(2022, 7, 15);

/** Weight of every day of a year: a lull in the rains, and bursts of about two weeks. */
function calendar(year: number, random: Random): number[] {
  const length = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY;
  const bursts = Array.from({ length: BURSTS }, () => ({ day: random.next() * length, width: 4 + 5 * random.next() }));
  return Array.from({ length }, (_, day) => {
    const season = 1 - 0.3 * Math.exp(-(((day - 227) / 35) ** 2));
    return season + bursts.reduce((sum, burst) => sum + 2.2 * Math.exp(-(((day - burst.day) / burst.width) ** 2)), 0);
  });
}

/** A day for every attack, as milliseconds of its UTC midnight. */
export function days(planned: readonly Planned[], random: Random): number[] {
  const calendars = new Map(
    YEARS.flatMap((year) => ZONES.map((zone) => [`${year} ${zone}`, calendar(year, random)] as const)),
  );
  return planned.map(({ year, zone, target }) => {
    const start = Date.UTC(year, 0, 1);
    const open = (weight: number, day: number) =>
      target === 'international_forces' && start + day * DAY > LAST_INTERNATIONAL ? 0 : weight;
    return start + random.pick((calendars.get(`${year} ${zone}`) as number[]).map(open)) * DAY;
  });
}
