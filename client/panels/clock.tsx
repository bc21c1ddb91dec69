import { dayText, shortMonthText } from '../i18n/dates.ts';
import { t } from '../i18n/text.ts';
import { settings, timeWindow } from '../state.ts';
import { isCalendarDay, type TimeWindow } from '../url.ts';

/** The window of time that the map shows: two handles by month, a year at a click, dates by hand. Both ends included. */
export function Clock() {
  const map = settings.value;
  if (!map) return null;
  const { clock } = map;
  const window = timeWindow.value;
  const first = monthOf(clock.from);
  const last = monthOf(clock.to);
  // An open end, or one beyond the slider, stands at the slider's end.
  const from = clamp(window.from === null ? first : monthOf(window.from), first, last);
  const to = clamp(window.to === null ? last : monthOf(window.to), first, last);
  const years = range(Math.floor(first / 12), Math.floor(last / 12));
  const share = (month: number) => ((month - first) / (last + 1 - first)) * 100;
  const set = (next: TimeWindow) => {
    timeWindow.value = next;
  };
  const isAll = window.from === null && window.to === null;
  const isLatest = window.from === map.window.from && window.to === map.window.to;

  return (
    <section class="clock" aria-label={t('clock.label')}>
      <div class="clock-head">
        <p class="clock-text" aria-live="polite">
          {windowText(window)}
        </p>
        <div class="clock-dates">
          <DateEntry
            label={t('clock.from')}
            value={window.from}
            onChange={(day) => set({ from: day, to: later(day, window.to) })}
          />
          <DateEntry
            label={t('clock.to')}
            value={window.to}
            onChange={(day) => set({ from: earlier(day, window.from), to: day })}
          />
        </div>
        <div class="clock-presets">
          <button type="button" class="chip" aria-pressed={isLatest} onClick={() => set(map.window)}>
            {t('clock.latest')}
          </button>
          <button type="button" class="chip" aria-pressed={isAll} onClick={() => set({ from: null, to: null })}>
            {t('clock.all')}
          </button>
        </div>
      </div>
      <div class="slider">
        <div class="slider-track" aria-hidden="true">
          <div class="slider-span" style={{ left: `${share(from)}%`, width: `${share(to + 1) - share(from)}%` }} />
        </div>
        <input
          type="range"
          class="slider-from"
          aria-label={t('clock.fromHandle')}
          aria-valuetext={window.from === null ? t('clock.open') : shortMonthText(firstDay(from))}
          min={first}
          max={last}
          step={1}
          value={from}
          onInput={(event) => {
            const month = Math.min(Number(event.currentTarget.value), to);
            event.currentTarget.value = String(month);
            set({ from: firstDay(month), to: window.to ?? clock.to });
          }}
        />
        <input
          type="range"
          class="slider-to"
          aria-label={t('clock.toHandle')}
          aria-valuetext={window.to === null ? t('clock.open') : shortMonthText(lastDay(to))}
          min={first}
          max={last}
          step={1}
          value={to}
          onInput={(event) => {
            const month = Math.max(Number(event.currentTarget.value), from);
            event.currentTarget.value = String(month);
            set({ from: window.from ?? clock.from, to: lastDay(month) });
          }}
        />
      </div>
      <div class="years">
        {years.map((year) => (
          <button
            key={year}
            type="button"
            aria-label={t('clock.year', { year })}
            aria-pressed={window.from === `${year}-01-01` && window.to === `${year}-12-31`}
            class={from <= year * 12 + 11 && to >= year * 12 ? 'is-inside' : undefined}
            onClick={() => set({ from: `${year}-01-01`, to: `${year}-12-31` })}
          >
            <span class="century">{String(year).slice(0, 2)}</span>
            {String(year).slice(2)}
          </button>
        ))}
      </div>
    </section>
  );
}

function DateEntry({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | null;
  onChange: (day: string) => void;
}) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="date"
        value={value ?? ''}
        onChange={(event) => {
          const day = event.currentTarget.value;
          if (/^\d{4}-/.test(day) && isCalendarDay(day)) onChange(day);
        }}
      />
    </label>
  );
}

function windowText({ from, to }: TimeWindow): string {
  if (from === null && to === null) return t('clock.everything');
  if (from === null) return t('clock.until', { to: dayText(to ?? '') });
  if (to === null) return t('clock.since', { from: dayText(from) });
  const isYears = from.endsWith('-01-01') && to.endsWith('-12-31');
  if (isYears && from.slice(0, 4) === to.slice(0, 4)) return from.slice(0, 4);
  if (isYears) return t('clock.span', { from: from.slice(0, 4), to: to.slice(0, 4) });
  const isMonths = from.endsWith('-01') && to === lastDay(monthOf(to));
  if (isMonths && monthOf(from) === monthOf(to)) return shortMonthText(from);
  return isMonths
    ? t('clock.span', { from: shortMonthText(from), to: shortMonthText(to) })
    : t('clock.span', { from: dayText(from), to: dayText(to) });
}

/** Months since year 0. */
const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const firstDay = (month: number) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
const lastDay = (month: number) =>
  new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).toISOString().slice(0, 10);
const later = (day: string, end: string | null) => (end !== null && end < day ? day : end);
const earlier = (day: string, start: string | null) => (start !== null && start > day ? day : start);
const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
