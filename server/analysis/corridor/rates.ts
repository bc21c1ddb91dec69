import { poissonInterval } from '../../stats/garwood.ts';
import { rateRatio } from '../../stats/rate-ratio.ts';

/** Events per unit of exposure, with the exact interval that holds the true rate in 95 cases of 100. */
export interface Rate {
  readonly rate: number;
  readonly lower: number;
  readonly upper: number;
}

/** Events per 100 km of line and month; undefined where there is no line or no time. */
export function rateAlong(count: number, lengthM: number, months: number | undefined): Rate | undefined {
  if (months === undefined || lengthM <= 0) return undefined;
  return poissonInterval(count, (lengthM / 100_000) * months);
}

/** Events near the line beside those of the rest of the study area. Rates per 1,000 km2 and month. */
export interface Comparison {
  readonly inside: Side;
  readonly outside: Side;
  /** Of the rates; what is not defined is left out. */
  readonly ratio?: number;
  readonly ratioLower?: number;
  readonly ratioUpper?: number;
  /** Of as great a difference, or a greater one, were both rates the same; two-sided. */
  readonly p: number;
}

interface Side extends Rate {
  readonly count: number;
  readonly areaM2: number;
}

/** Square metres; less is none. */
const NO_AREA = 1;

/**
 * @param inside precise enough events within the distance of the line and in the study area
 * @param total precise enough events in the study area
 * @param sizes of the study area, and of what of it is within the distance of the line
 */
export function compare(
  inside: number,
  total: number,
  { areaM2, corridorM2 }: { readonly areaM2: number; readonly corridorM2: number },
  months: number | undefined,
): Comparison | undefined {
  const rest = areaM2 - corridorM2;
  if (months === undefined || corridorM2 < NO_AREA || rest < NO_AREA) return undefined;
  const exposureOf = (size: number) => (size / 1e9) * months;
  const side = (count: number, size: number): Side => ({
    ...{ count, areaM2: size },
    ...poissonInterval(count, exposureOf(size)),
  });
  const outside = total - inside;
  const { ratio, lower, upper, p } = rateRatio(
    { count: inside, exposure: exposureOf(corridorM2) },
    { count: outside, exposure: exposureOf(rest) },
  );
  return {
    ...{ inside: side(inside, corridorM2), outside: side(outside, rest), p },
    ...(ratio === undefined ? {} : { ratio }),
    ...(lower === undefined ? {} : { ratioLower: lower }),
    ...(upper === undefined ? {} : { ratioUpper: upper }),
  };
}
