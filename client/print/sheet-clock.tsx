import { closed, toNumber } from '../clock/calendar.ts';
import { ClockBars } from '../panels/clock-bars.tsx';
import { clockLimits } from '../state/clock.ts';
import { barWidth } from '../state/histogram.ts';
import { timeWindow } from '../state.ts';

/** Pixels that the bars are made for. */
export const CLOCK_WIDTH = 640;
/** Of the bars, as in panels/clock-bars.tsx, and of the years below them. */
const BARS = 40;
const YEARS = 14;

/** The clock as it stands: the bars of what is in view, and the window of the view among the years. */
export function SheetClock({ window }: { window: string }) {
  const limits = clockLimits.value;
  const [first, end] = [toNumber(limits.from), toNumber(limits.to) + 1];
  const x = (day: number) => Math.max(0, Math.min(CLOCK_WIDTH, ((day - first) / (end - first)) * CLOCK_WIDTH));
  const shown = closed(timeWindow.value, limits);
  const [left, right] = [x(toNumber(shown.from)), x(toNumber(shown.to) + 1)];
  const [from, to] = [Number(limits.from.slice(0, 4)), Number(limits.to.slice(0, 4))];
  const every = Math.max(1, Math.ceil((to - from + 1) / 16));
  const years = Array.from({ length: to - from + 1 }, (_, at) => from + at).filter(
    (year) => (year - from) % every === 0,
  );
  return (
    <div class="sheet-clock">
      <p class="sheet-window">{window}</p>
      <div class="sheet-bars">
        <svg class="sheet-years" viewBox={`0 0 ${CLOCK_WIDTH} ${BARS + YEARS}`} aria-hidden="true">
          <rect class="clock-window" x={left} y="0" width={Math.max(1.5, right - left)} height={BARS} />
          <path class="clock-ends" d={`M${left} 0V${BARS}M${right} 0V${BARS}`} />
          {years.map((year) => (
            <text key={year} class="clock-year" x={x(toNumber(`${year}-01-01`))} y={BARS + 12}>
              {year}
            </text>
          ))}
        </svg>
        {barWidth.value > 0 && <ClockBars />}
      </div>
    </div>
  );
}
