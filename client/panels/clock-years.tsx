import { monthOf, toNumber } from '../clock/calendar.ts';
import { t } from '../i18n/text.ts';
import { clockLimits } from '../state/clock.ts';
import { timeWindow } from '../state.ts';
import type { TimeWindow } from '../url.ts';

/** The axis: a year at a click. */
export function ClockYears({ set }: { set: (window: TimeWindow) => void }) {
  const limits = clockLimits.value;
  const { from, to } = timeWindow.value;
  const [first, end] = [toNumber(limits.from), toNumber(limits.to) + 1];
  const share = (day: string) => (Math.min(end, Math.max(first, toNumber(day))) - first) / (end - first);
  const years = Array.from(
    { length: Math.floor(monthOf(limits.to) / 12) - Math.floor(monthOf(limits.from) / 12) + 1 },
    (_, index) => Number(limits.from.slice(0, 4)) + index,
  );
  return (
    <div class="years">
      {years.map((year) => (
        <button
          key={year}
          type="button"
          style={{ flexGrow: 1000 * (share(`${year + 1}-01-01`) - share(`${year}-01-01`)) }}
          aria-label={t('clock.year', { year })}
          aria-pressed={from === `${year}-01-01` && to === `${year}-12-31`}
          class={(from ?? '') <= `${year}-12-31` && (to ?? '9') >= `${year}-01-01` ? 'is-inside' : undefined}
          onClick={() => set({ from: `${year}-01-01`, to: `${year}-12-31` })}
        >
          <span class="century">{String(year).slice(0, 2)}</span>
          {String(year).slice(2)}
        </button>
      ))}
    </div>
  );
}
