import type { Localized } from '../../core/layer.ts';
import { poissonInterval } from '../../stats/garwood.ts';
import { Z } from '../../stats/mantel-haenszel.ts';
import { bandInWords } from '../bands.ts';
import { windowOf } from '../window.ts';
import type { AssociationInputs } from './inputs.ts';
import type { Measured } from './measure.ts';
import type { BandNumbers, Numbers } from './numbers.ts';
import type { Bands } from './size-cell.ts';
import { adjustedRatio, crudeRatio, type Table, wholeBand } from './table.ts';
import type { Nulls } from './test-nulls.ts';
import { verdictOf } from './verdict.ts';

const KM: Localized = { en: 'km', fr: 'km' };
const INSIDE: Localized = { en: 'inside', fr: 'à l’intérieur' };

/** Where a band of distance begins and ends, km; without an end it is what lies beyond. */
function edgesOf({ ends, hasInside }: Pick<Bands, 'ends' | 'hasInside'>, band: number) {
  const index = band - (hasInside ? 1 : 0);
  if (index < 0) return undefined;
  const [from, to] = [index === 0 ? 0 : (ends[index - 1] as number), ends[index]];
  return to === undefined ? { from: from / 1_000 } : { from: from / 1_000, to: to / 1_000 };
}

const optional = <Name extends string>(name: Name, value: number | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: number };

function rateOf(count: number, exposureKm2: number, months: number | undefined) {
  if (months === undefined || exposureKm2 === 0) return {};
  const { rate, lower, upper } = poissonInterval(count, (exposureKm2 / 1_000) * months);
  return { rate, rate_lower: lower, rate_upper: upper };
}

function toBand(measured: Measured, table: Table, nulls: Nulls, band: number, months: number | undefined): BandNumbers {
  const { bands, lattice } = measured;
  const edges = edgesOf(bands, band);
  const { count, exposure } = wholeBand(table, band);
  const isReference = band === bands.count - 1;
  const crude = isReference ? undefined : crudeRatio(table, band);
  // A part in doubt counts whole on one side, by a place in it at random: off by half of it at most, as a standard deviation.
  const error = Z * 0.5 * lattice.cellM2 * Math.sqrt(measured.sizes.doubtSquared[band] as number);
  const adjusted = isReference || bands.strata === 1 ? undefined : adjustedRatio(table, band);
  const { relocated } = nulls;
  return {
    distance: edges ? bandInWords(edges, KM) : INSIDE,
    is_inside: edges === undefined,
    ...(edges ? { from_km: edges.from, ...optional('to_km', edges.to) } : {}),
    events: count,
    area_km2: exposure,
    area_error_km2: error / 1e6,
    ...rateOf(count, exposure, months),
    ...optional('ratio', crude?.ratio),
    ...optional('ratio_lower', crude?.lower),
    ...optional('ratio_upper', crude?.upper),
    ...optional('p', crude?.p),
    ...(adjusted
      ? {
          adjusted: {
            ...optional('ratio', adjusted.ratio),
            ...optional('ratio_lower', adjusted.lower),
            ...optional('ratio_upper', adjusted.upper),
            strata: adjusted.strata,
          },
        }
      : {}),
    ...optional('expected_in_strata', relocated?.expected[band]),
    ...optional('p_in_strata', relocated?.p[band]),
  };
}

function toStrata({ bands }: Measured, { counts, areas }: Table): Numbers['strata'] {
  if (bands.strata === 1) return [];
  return Array.from({ length: bands.strata }, (_, stratum) => {
    const edges = edgesOf({ ends: bands.placeEnds, hasInside: false }, stratum) as { from: number; to?: undefined };
    const [first, end] = [stratum * bands.count, (stratum + 1) * bands.count];
    return {
      distance: bandInWords(edges, KM),
      events: [...counts.subarray(first, end)],
      area_km2: [...areas.subarray(first, end)].map((area) => area / 1e6),
    };
  });
}

function toNearest({ events, ground }: Measured): Numbers['nearest_km'] {
  if (events.metres.length === 0 || ground.points === 0) return undefined;
  const sorted = events.metres.toSorted();
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] as number;
  const mean = (values: Float64Array, length: number) => values.reduce((sum, each) => sum + each, 0) / length / 1_000;
  return {
    mean: mean(sorted, sorted.length),
    median: at(0.5) / 1_000,
    // Outside of the study area there are zeros.
    mean_of_area: mean(ground.metres, ground.points),
  };
}

function toShifts({ bands }: Measured, { shifted }: Nulls, done: number): Numbers['shifts'] {
  if ('notDefined' in shifted) return undefined;
  return {
    done,
    mean_km: shifted.observed.mean / 1_000,
    mean_km_shifted: shifted.meanOfMeans / 1_000,
    p_nearer: shifted.pNearer,
    p_farther: shifted.pFarther,
    within: Array.from({ length: bands.count - 1 }, (_, band) => ({
      to_km: edgesOf(bands, band)?.to ?? 0,
      share: shifted.observed.shares[band] as number,
      share_shifted: shifted.meanShares[band] as number,
      p: shifted.pShares[band] as number,
    })),
  };
}

function lackOf({ rows, shapes, bands }: Measured, table: Table): Numbers['not_defined'] {
  if (shapes.shapes === 0) return 'no-shapes';
  if (rows.length === 0) return 'no-events';
  return wholeBand(table, bands.count - 1).exposure === 0 ? 'no-reference' : undefined;
}

export function toNumbers(measured: Measured, table: Table, nulls: Nulls, inputs: AssociationInputs): Numbers {
  const { rows, imprecise, shapes, area, ground, lattice, bands, sides } = measured;
  // What lasts, or has no time, has no rate by the month.
  const lasts = sides.events.some(({ layer }) => layer.time !== 'instant');
  const months = lasts ? undefined : windowOf(sides.events, inputs.datetime).months;
  const lack = lackOf(measured, table);
  const isKnown = shapes.shapes > 0;
  const toBands = () => Array.from({ length: bands.count }, (_, band) => toBand(measured, table, nulls, band, months));
  const found = isKnown ? toBands() : [];
  const nearest = isKnown ? toNearest(measured) : undefined;
  const isDefined = lack !== 'no-shapes' && lack !== 'no-events';
  const shifts = isDefined ? toShifts(measured, nulls, inputs.permutations) : undefined;
  return {
    events: rows.length,
    left_out: { imprecise },
    shapes: shapes.shapes,
    study_area: {
      title: area.title,
      area_km2: area.area_m2 / 1e6,
      samples: ground.points,
      spacing_km: Math.sqrt(lattice.cellM2) / 1_000,
    },
    ...optional('months', months),
    ...(lack ? { not_defined: lack } : {}),
    verdict: lack ? 'cannot-tell' : verdictOf(found[0]),
    bands: found,
    strata: isKnown ? toStrata(measured, table) : [],
    ...(nearest ? { nearest_km: nearest } : {}),
    ...(shifts ? { shifts } : {}),
    ...(isDefined && 'notDefined' in nulls.shifted ? { shifts_not_defined: nulls.shifted.notDefined } : {}),
    listed: isKnown ? Math.min(inputs.limit, rows.length) : 0,
  };
}
