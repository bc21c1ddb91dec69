import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

const HEIGHT = 36;

/** A series as small as a word; `label` says what it shows to who does not see it. */
export function Sparkline({ values, width, label }: { values: readonly number[]; width: number; label: string }) {
  const x = scaleLinear()
    .domain([0, Math.max(1, values.length - 1)])
    .range([3, width - 3]);
  const y = scaleLinear()
    .domain([Math.min(0, ...values), Math.max(1e-9, ...values)])
    .range([HEIGHT - 3, 3]);
  const drawn = values.map((value, at) => [x(at), y(value)] as [number, number]);
  const last = drawn.at(-1);
  return (
    <svg class="chart sparkline" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img">
      <title>{label}</title>
      <line class="chart-rule" x1="0" x2={width} y1={y(0)} y2={y(0)} />
      <path class="chart-line" d={line()(drawn) ?? ''} />
      {last && <circle class="chart-dot" cx={last[0]} cy={last[1]} r="2.5" />}
    </svg>
  );
}
