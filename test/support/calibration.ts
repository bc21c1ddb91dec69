import type { Calibration, Total } from '../../scripts/modelled/calibration.ts';

/** What is to be counted in the layer. Absent: no restriction. */
export interface Count {
  readonly measure: Total['measure'];
  /** First and last year. */
  readonly years: readonly [number, number];
  readonly targets?: readonly string[] | undefined;
  readonly kind?: string | undefined;
  /** Names of shipped regions. */
  readonly regions?: readonly string[] | undefined;
}

/** A count, or its share of another one, and between which numbers it has to lie, both included. */
export interface Case {
  readonly title: string;
  readonly count: Count;
  readonly of?: Count;
  readonly between: readonly [number, number];
}

function countOf(total: Total, years: Count['years'], { centre }: Calibration): Count {
  const { measure, targets, kind } = total;
  return { measure, years, targets, kind, regions: total.centre ? centre.regions : undefined };
}

function boundsOf({ id, between, value }: Total): readonly [number, number] {
  if (between) return between;
  if (value === null) throw new Error(`"${id}" has neither a number nor bounds`);
  return [value, value];
}

function yearsOf({ years, yearly, except = [] }: Total): Count['years'][] {
  if (!yearly) return [years];
  const [first, last] = years;
  return Array.from({ length: last - first + 1 }, (_, k) => first + k)
    .filter((year) => !except.includes(year))
    .map((year): Count['years'] => [year, year]);
}

/** One case for each published total, and for each year where it holds yearly. */
export function casesOf(calibration: Calibration): Case[] {
  return calibration.totals.flatMap((total) => {
    const whole = calibration.totals.find(({ id }) => id === total.of);
    if (total.of && !whole) throw new Error(`"${total.id}" is a share of "${total.of}", which does not exist`);
    const between = boundsOf(total);
    return yearsOf(total).map((years): Case => {
      const when = years[0] === years[1] ? years[0] : years.join('-');
      const wanted = between[0] === between[1] ? `${between[0]}` : `${between[0]} to ${between[1]}`;
      return {
        title: `${total.id}, ${when}: ${wanted} (${total.nature})`,
        count: countOf(total, years, calibration),
        ...(whole ? { of: countOf(whole, years, calibration) } : {}),
        between,
      };
    });
  });
}
