import { byCodeUnit } from '../../core/by-code-unit.ts';
import type { Selected } from '../select.ts';
import type { TimeStep } from '../steps.ts';
import type { StudyUnit } from '../study-units.ts';
import { type Collected, Reports, type Told } from './collect.ts';
import type { CoverageNumbers, OFTEN } from './numbers.ts';
import { type Run, silencesOf } from './silence.ts';

/** Sources that are listed. */
const MAX_SOURCES = 100;
/** Numbers of the series of all units: more could not be read. */
const MAX_SERIES = 50_000;

const shareOf = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

function oftenOf(share: number): (typeof OFTEN)[number] {
  if (share === 0) return 'never';
  if (share < 0.1) return 'seldom';
  return share < 0.5 ? 'at-times' : 'mostly';
}

const spanOf = ({ first, last }: Told) => ({
  ...(first === undefined ? {} : { first }),
  ...(last === undefined ? {} : { last }),
});

function toSilence({ from, length }: Run, steps: readonly TimeStep[]) {
  const [begin, end] = [steps[from] as TimeStep, steps[from + length - 1] as TimeStep];
  return { from: begin.from, to: end.to, steps: length };
}

function toReported(reports: Reports) {
  const { events, undated, imprecise, series, sources, confidence } = reports;
  const { reported, recent } = silencesOf(series);
  return {
    ...{ events, undated, imprecise, sources: sources.size },
    by_confidence: Object.fromEntries([...confidence].sort(([a], [b]) => byCodeUnit(a, b))),
    steps_reported: reported,
    steps_share: shareOf(reported, series.length),
    recent_silence: recent,
    ...spanOf(reports),
  };
}

function toUnit(unit: StudyUnit, reports: Reports, steps: readonly TimeStep[], withSeries: boolean) {
  const { longest } = silencesOf(reports.series);
  const reported = toReported(reports);
  return {
    unit: unit.id,
    ...(unit.title === undefined ? {} : { name: unit.title.en }),
    area_km2: unit.areaKm2,
    // What is known to no step is a report all the same.
    often: reported.events > 0 && reported.steps_reported === 0 ? ('seldom' as const) : oftenOf(reported.steps_share),
    ...reported,
    collections: reports.collections.size,
    ...(longest === undefined ? {} : { longest_silence: toSilence(longest, steps) }),
    ...(withSeries ? { series: reports.series } : {}),
  };
}

const areaOf = (units: readonly StudyUnit[], has: (unit: StudyUnit) => boolean) =>
  units.reduce((sum, unit) => sum + (has(unit) ? unit.areaKm2 : 0), 0);

export function toNumbers(
  collected: Collected,
  selected: readonly Selected[],
  units: readonly StudyUnit[],
  steps: readonly TimeStep[],
  window: Pick<CoverageNumbers, 'from' | 'to' | 'step'>,
): CoverageNumbers {
  const { all, byUnit, byCollection, bySource, sourcesOfStep, unitsOfStep, unsourced, outside, ever } = collected;
  const sources = [...bySource].sort(([a, one], [b, other]) => other.events - one.events || byCodeUnit(a, b));
  const area = areaOf(units, () => true);
  const withSeries = units.length * steps.length <= MAX_SERIES;
  const nothing = new Reports(steps.length);
  return {
    ...window,
    steps: steps.map(({ from, to, isWhole }, index) => ({
      ...{ from, to, is_whole: isWhole },
      events: all.series[index] ?? 0,
      units: unitsOfStep[index]?.size ?? 0,
      sources: sourcesOfStep[index]?.size ?? 0,
    })),
    total: {
      ...toReported(all),
      units_all: units.length,
      units_reported: byUnit.size,
      area_km2: area,
      area_share: shareOf(
        areaOf(units, ({ key }) => byUnit.has(key)),
        area,
      ),
      units_ever: ever.size,
      area_share_ever: shareOf(
        areaOf(units, ({ key }) => ever.has(key)),
        area,
      ),
      ...{ unsourced, outside },
    },
    silences: silencesOf(all.series).runs.map((run) => toSilence(run, steps)),
    collections: byCollection.map((reports, index) => ({
      collection: (selected[index] as Selected).layer.id,
      ...{ events: reports.events, undated: reports.undated },
      ...{ sources: reports.sources.size, units: reports.units.size },
      ...spanOf(reports),
    })),
    sources: sources.slice(0, MAX_SOURCES).map(([source, reports]) => ({
      ...{ source, events: reports.events, undated: reports.undated, units: reports.units.size },
      ...spanOf(reports),
    })),
    sources_more: Math.max(0, sources.length - MAX_SOURCES),
    units: units.map((unit) => toUnit(unit, byUnit.get(unit.key) ?? nothing, steps, withSeries)),
  };
}
