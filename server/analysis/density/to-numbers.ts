import { radiusOfCells } from '../../core/hex.ts';
import type { Window } from '../window.ts';
import type { Computed } from './compute.ts';
import type { Numbers } from './numbers.ts';
import type { Places } from './read-places.ts';

/** Per square metre as per 1,000 km2. */
export const toRate = (density: number) => density * 1e9;

const day = (instant: string | null) => (instant === null ? undefined : instant.slice(0, 10));

export function bandwidthOf({ bandwidth }: Places): Numbers['bandwidth'] {
  const { km, by, ruleKm, standardKm, medianKm, medianPrecisionKm } = bandwidth;
  return {
    ...{ km, by },
    ...(ruleKm === undefined ? {} : { rule_km: ruleKm }),
    ...(standardKm === undefined ? {} : { standard_distance_km: standardKm }),
    ...(medianKm === undefined ? {} : { median_distance_km: medianKm }),
    ...(medianPrecisionKm === undefined ? {} : { median_precision_km: medianPrecisionKm }),
  };
}

/** @param computed absent where there is nothing to spread */
export function toNumbers(places: Places, window: Window, computed: Computed | undefined): Numbers {
  const { months } = window;
  const [from, to] = [day(window.from), day(window.to)];
  const rates = (density: number) => ({
    density: toRate(density),
    ...(months === undefined ? {} : { monthly: toRate(density) / months }),
  });
  return {
    events: places.events,
    total: places.total,
    places: places.lons.length,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(months === undefined ? {} : { months }),
    left_out: { imprecise: places.leftOut.imprecise, without_value: places.leftOut.withoutValue },
    bandwidth: bandwidthOf(places),
    ...(computed
      ? { peak: { ...rates(computed.peak.density), lon: computed.peak.lon, lat: computed.peak.lat } }
      : { not_defined: places.events === 0 ? ('no-events' as const) : ('no-sum' as const) }),
    levels: (computed?.contours ?? []).map(({ share, density, areaKm2, polygons, events }) => ({
      ...{ share, ...rates(density) },
      ...{ area_km2: areaKm2, polygons, events },
    })),
    hexagons: computed
      ? {
          resolution: computed.resolution,
          drawn: computed.cells.length,
          width_km: (2 * radiusOfCells(computed.resolution)) / 1_000,
        }
      : { drawn: 0 },
  };
}
