import { type CountOver, rateRatio } from '../../stats/rate-ratio.ts';
import type { Way } from './measure-ways.ts';
import type { Numbers } from './numbers.ts';

/** Events of which there is a rate, over 100 km of way in the study area and months. */
function exposed({ measures }: Way): CountOver | undefined {
  const { length_km, outside_study_area_km, months, events } = measures;
  if (months === undefined || outside_study_area_km === undefined) return undefined;
  const exposure = ((length_km - outside_study_area_km) / 100) * months;
  return exposure > 0 ? { count: events.in_study_area, exposure } : undefined;
}

function rates(way: Way, other: Way): Partial<Numbers['comparisons'][number]> {
  const [one, two] = [exposed(way), exposed(other)];
  if (!one || !two) return {};
  const { ratio, lower, upper, p } = rateRatio(one, two);
  return {
    rate: one.count / one.exposure - two.count / two.exposure,
    ...(ratio === undefined ? {} : { rate_ratio: ratio }),
    ...(lower === undefined ? {} : { rate_ratio_lower: lower }),
    ...(upper === undefined ? {} : { rate_ratio_upper: upper }),
    p,
  };
}

/** One way beside another: by how much the measures differ, and how often the rate of the other its rate is. */
export function compareWays(way: Way, other: Way, shared: number): Numbers['comparisons'][number] {
  return {
    ...{ way: way.way, than: other.way, shared_events: shared },
    length_km: way.measures.length_km - other.measures.length_km,
    events: way.measures.events.count - other.measures.events.count,
    ...rates(way, other),
  };
}
