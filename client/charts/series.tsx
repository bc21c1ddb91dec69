import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';
import { lineThrough } from './bins.ts';
import type { SeriesChart } from './chart.ts';
import { numberText } from './number-text.ts';

const HEIGHT = 132;
const LEFT = 36;
const RIGHT = 8;
const TOP = 6;
const BOTTOM = 18;
const YEAR_MS = 365.2425 * 86_400_000;

const timeOf = (day: string) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);

/** A series over time; with the straight line of its slope where it has one. */
export function Series({ chart: { points, slope }, width }: { chart: SeriesChart; width: number }) {
  const times = points.map(({ from }) => timeOf(from));
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 1;
  const x = scaleUtc()
    .domain([first, last])
    .range([LEFT, width - RIGHT]);
  const y = scaleLinear()
    .domain([Math.min(0, ...points.map(({ value }) => value)), Math.max(0, ...points.map(({ value }) => value)) || 1])
    .range([HEIGHT - BOTTOM, TOP])
    .nice(4);
  const drawn = points.map(({ value }, at) => [x(times[at] ?? 0), y(value)] as [number, number]);
  const years = (time: number) => (time - first) / YEAR_MS;
  const fitted = slope
    ? lineThrough(
        points.map(({ value }, at) => ({ years: years(times[at] ?? 0), value })),
        slope.perYear,
      )
    : null;
  const ticks = x.ticks(Math.max(2, Math.floor(width / 80)));
  return (
    <svg class="chart" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {y.ticks(4).map((tick) => (
        <g key={tick} transform={`translate(0,${y(tick)})`}>
          <line class="chart-rule" x1={LEFT} x2={width - RIGHT} />
          <text class="chart-tick" x={LEFT - 6} y="4" text-anchor="end">
            {numberText(tick)}
          </text>
        </g>
      ))}
      {ticks.map((tick) => (
        <text key={tick.getTime()} class="chart-tick" x={x(tick)} y={HEIGHT - 4} text-anchor="middle">
          {tickText(tick)}
        </text>
      ))}
      <path
        class="chart-area"
        d={
          area<[number, number]>(
            (each) => each[0],
            y(0),
            (each) => each[1],
          )(drawn) ?? ''
        }
      />
      <path class="chart-line" d={line()(drawn) ?? ''} />
      {fitted && <line class="chart-trend" x1={x(first)} y1={y(fitted(0))} x2={x(last)} y2={y(fitted(years(last)))} />}
    </svg>
  );
}

/** Years where they begin, else the month in numbers: they need no language. */
function tickText(time: Date): string {
  const iso = time.toISOString();
  return iso.slice(5, 10) === '01-01' ? iso.slice(0, 4) : iso.slice(0, 7);
}
