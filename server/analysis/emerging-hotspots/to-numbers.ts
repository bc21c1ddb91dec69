import { toQuantity } from '../quantity.ts';
import { type HexagonClass, seriesOf } from './classify.ts';
import type { Look } from './look.ts';
import { CLASSES, type EmergingNumbers, type Hexagon } from './numbers.ts';

/** Hexagons whose series are listed, and numbers in all these series: 5,000 hexagons of 120 steps, about 7 MB. */
const MOST_LISTED = 5_000;
const MOST_NUMBERS = 1_200_000;
/** Of a number in a step, and of its z. */
const DECIMALS = { value: 3, z: 3 } as const;

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/** With its series. */
function withSeries({ study, values, found }: Look, hexagon: Hexagon): EmergingNumbers['classified'][number] {
  const [cell, cells] = [study.indexOf.get(hexagon.cell) as number, study.cells.length];
  const z = 'notDefined' in found ? [] : seriesOf(found.z, cell, cells);
  return {
    ...hexagon,
    series: Array.from(seriesOf(values, cell, cells), (value) => toQuantity(value, DECIMALS.value)),
    z: Array.from(z, (value) => toQuantity(value, DECIMALS.z)),
  };
}

function ofClasses({ found }: Look): Partial<EmergingNumbers> {
  if ('notDefined' in found) return { not_defined: found.notDefined };
  const counts = new Map<HexagonClass, number>(CLASSES.map((each) => [each, 0]));
  for (const each of found.classes) counts.set(each, (counts.get(each) as number) + 1);
  const heats = (side: 1 | -1) => found.heats.filter((heat) => heat === side).length;
  return {
    ...{ tests: found.z.length, steps_hot: heats(1), steps_cold: heats(-1) },
    classes: Object.fromEntries(counts) as Record<HexagonClass, number>,
  };
}

export function toNumbers(look: Look, hexagons: readonly Hexagon[]): EmergingNumbers {
  const { given, study, time, counts, eventsByCell, spread } = look;
  const counted = sumOf(eventsByCell);
  const { cells } = study;
  const classified = hexagons.filter((each) => each.class !== 'none');
  const most = Math.min(MOST_LISTED, Math.floor(MOST_NUMBERS / (2 * Math.max(1, time.steps.length))));
  return {
    ...{ resolution: study.resolution, ring: given.ring, confidence: given.confidence },
    ...(given.measure === undefined ? {} : { measure: given.measure }),
    ...{ hexagons: cells.length, area_km2: study.areaKm2 },
    steps: time.steps.map(({ from, to }) => ({ from, to })),
    steps_left_out: time.cut + time.unreported,
    events: {
      counted,
      imprecise: sumOf(counts.events.all) - sumOf(counts.events.precise),
      ...(spread && {
        spread_away: Math.max(0, spread.count - spread.left - spread.inside),
        not_spread: spread.left,
      }),
      in_no_step: counts.undated,
      outside: counts.outside,
    },
    precise_m: counts.preciseM,
    occupied: eventsByCell.filter((count) => count > 0).length,
    ...ofClasses(look),
    classified: classified.slice(0, most).map((hexagon) => withSeries(look, hexagon)),
    unlisted: Math.max(0, classified.length - most),
  };
}
