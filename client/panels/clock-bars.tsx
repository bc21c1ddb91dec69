import { toNumber } from '../clock/calendar.ts';
import { tallestOf } from '../clock/histogram.ts';
import { clockLimits } from '../state/clock.ts';
import { barWidth, histogram } from '../state/histogram.ts';

/** Pixels, as in clock-brush.css. */
const HEIGHT = 40;
/** What is in force, below the bars. */
const STRIP = 4;
const GAP = 1;
/** A bar of one is still seen beside one of thousands. */
const LOWEST = 1.5;

/** Recorded events as filled bars, modelled ones above them as pale bars with an outline, what is in force as a strip below. */
export function ClockBars() {
  const found = histogram.value;
  const width = barWidth.value;
  if (!found || width === 0) return <svg class="bars" aria-hidden="true" />;
  const { edges, documented, modelled, inForce } = found;
  const limits = clockLimits.value;
  const [first, end] = [toNumber(limits.from), toNumber(limits.to) + 1];
  const x = (day: number) => Math.max(0, Math.min(width, ((day - first) / (end - first)) * width));
  const room = HEIGHT - STRIP - 2 * GAP;
  const tallest = tallestOf(found);
  const high = (count: number) => (count === 0 ? 0 : Math.max(LOWEST, (count / tallest) * room));
  const foot = HEIGHT - STRIP - GAP;

  let [solid, pale, outline] = ['', '', ''];
  let level = foot;
  const most = Math.max(1, ...inForce);
  for (const [bar, count] of documented.entries()) {
    const [left, right] = [x(edges[bar] as number), x(edges[bar + 1] as number)];
    const top = foot - high(count);
    const above = top - high(modelled[bar] as number);
    const box = (upper: number, lower: number) =>
      `M${left.toFixed(1)} ${upper.toFixed(1)}H${(right - GAP).toFixed(1)}V${lower.toFixed(1)}H${left.toFixed(1)}z`;
    if (count > 0) solid += box(top, foot);
    if (above < top) pale += box(above, top);
    // One line along the tops, which is broken where nothing is modelled.
    const tip = above < top ? above : foot;
    outline +=
      level === foot && tip === foot
        ? `M${right.toFixed(1)} ${foot}`
        : `${outline === '' ? `M${left.toFixed(1)} ${foot}` : ''}V${tip.toFixed(1)}H${right.toFixed(1)}`;
    level = tip;
  }
  if (outline !== '' && level !== foot) outline += `V${foot}`;
  return (
    <svg class="bars" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <path class="bars-foot" d={`M0 ${foot + 0.5}H${width}`} />
      <path class="bars-modelled" d={pale} />
      <path class="bars-outline" d={outline} />
      <path class="bars-recorded" d={solid} />
      {inForce.map((count, bar) => {
        if (count === 0) return null;
        const [left, right] = [x(edges[bar] as number), x(edges[bar + 1] as number)];
        return (
          <rect
            key={bar}
            class="bars-force"
            x={left}
            y={HEIGHT - STRIP}
            width={right - left}
            height={STRIP}
            opacity={0.2 + (0.8 * count) / most}
          />
        );
      })}
    </svg>
  );
}
