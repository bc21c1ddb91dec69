import { scaleLinear } from 'd3-scale';
import { toBins } from './bins.ts';
import type { HistogramChart } from './chart.ts';
import { numberText } from './number-text.ts';

const HEIGHT = 112;
const LEFT = 30;
const BOTTOM = 18;
const TOP = 6;

/** About twelve bins with round edges. */
export function edgesOf(values: readonly number[]): number[] {
  const scale = scaleLinear()
    .domain([Math.min(0, ...values), Math.max(1e-9, ...values)])
    .nice(12);
  const ticks = scale.ticks(12);
  const [, end = 1] = scale.domain();
  return (ticks.at(-1) ?? 0) < end ? [...ticks, end] : ticks;
}

/** How many values lie in each of about twelve bins. */
export function Histogram({ chart: { values }, width }: { chart: HistogramChart; width: number }) {
  const edges = edgesOf(values);
  const bins = toBins(values, edges);
  const x = scaleLinear()
    .domain([edges[0] ?? 0, edges.at(-1) ?? 1])
    .range([LEFT, width - 12]);
  const y = scaleLinear()
    .domain([0, Math.max(1, ...bins.map(({ count }) => count))])
    .range([HEIGHT - BOTTOM, TOP])
    .nice(3);
  const every = Math.max(1, Math.ceil((edges.length * 44) / width));
  return (
    <svg class="chart" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {y
        .ticks(3)
        .filter(Number.isInteger)
        .map((tick) => (
          <g key={tick} transform={`translate(0,${y(tick)})`}>
            <line class="chart-rule" x1={LEFT} x2={width - 12} />
            <text class="chart-tick" x={LEFT - 6} y="4" text-anchor="end">
              {numberText(tick)}
            </text>
          </g>
        ))}
      {bins.map(({ from, to, count }) => (
        <rect
          key={from}
          class="chart-bar"
          x={x(from) + 0.5}
          y={y(count)}
          width={Math.max(1, x(to) - x(from) - 1)}
          height={y(0) - y(count)}
        />
      ))}
      {edges
        .filter((_, at) => at % every === 0)
        .map((edge) => (
          <text key={edge} class="chart-tick" x={x(edge)} y={HEIGHT - 4} text-anchor="middle">
            {numberText(edge)}
          </text>
        ))}
    </svg>
  );
}
