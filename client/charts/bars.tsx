import { scaleLinear, scaleLog } from 'd3-scale';
import { local } from '../i18n/text.ts';
import type { BarChart } from './chart.ts';
import { numberText } from './number-text.ts';

const ROW = 24;
const AXIS = 18;
const VALUE = 52;
/** Of a letter, about. */
const LETTER = 6.2;

const cut = (text: string, width: number) => {
  const most = Math.max(4, Math.floor(width / LETTER));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};

/** Bars with their exact intervals; ratios as points around 1, by their logarithms. */
export function Bars({ chart: { bars, isRatio = false }, width }: { chart: BarChart; width: number }) {
  const labels = Math.min(width * 0.42, Math.max(...bars.map(({ label }) => local(label).length)) * LETTER + 8);
  const ends = bars.flatMap(({ value, lower, upper }) => [value, lower ?? value, upper ?? value]);
  const range: [number, number] = [labels + 4, width - VALUE];
  const positive = ends.filter((each) => each > 0);
  // Nothing has a place on a scale of ratios that is zero: it stands at the left end.
  const least = Math.min(0.5, ...positive) / 1.1;
  const most = Math.min(1000, Math.max(2, ...ends) * 1.1);
  const scale = isRatio
    ? scaleLog().domain([least, most]).range(range).clamp(true)
    : scaleLinear()
        .domain([Math.min(0, ...ends), Math.max(0, ...ends) || 1])
        .range(range)
        .nice(4);
  const x = (value: number) => scale(isRatio ? Math.max(value, least) : value);
  const height = bars.length * ROW + AXIS;
  const ticks = isRatio
    ? [0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100].filter((each) => each >= least && each <= most)
    : scale.ticks(4);
  return (
    <svg class="chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {ticks.map((tick) => (
        <g key={tick} transform={`translate(${x(tick)},0)`}>
          <line class={tick === 1 && isRatio ? 'chart-rule is-one' : 'chart-rule'} y1="0" y2={height - AXIS} />
          <text class="chart-tick" y={height - 5} text-anchor="middle">
            {numberText(tick)}
          </text>
        </g>
      ))}
      {bars.map(({ label, value, lower, upper }, at) => (
        <g key={at} transform={`translate(0,${at * ROW})`}>
          <title>{local(label)}</title>
          <text class="chart-label" x={labels} y="16" text-anchor="end">
            {cut(local(label), labels)}
          </text>
          {isRatio ? (
            <circle class="chart-dot" cx={x(value)} cy="12" r="4" />
          ) : (
            <rect
              class="chart-bar"
              x={Math.min(x(0), x(value))}
              y="4"
              width={Math.max(value === 0 ? 0 : 1, Math.abs(x(value) - x(0)))}
              height="16"
              rx="2"
            />
          )}
          {lower !== undefined && upper !== undefined && (
            <path class="chart-interval" d={`M${x(lower)},12H${x(upper)}M${x(lower)},8v8M${x(upper)},8v8`} />
          )}
          <text class="chart-value" x={width} y="16" text-anchor="end">
            {numberText(value)}
          </text>
        </g>
      ))}
    </svg>
  );
}
