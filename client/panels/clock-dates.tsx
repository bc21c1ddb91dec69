import { t } from '../i18n/text.ts';
import { clockMode, setSpan } from '../state/clock.ts';
import { pause } from '../state/play.ts';
import { timeWindow } from '../state.ts';
import { isCalendarDay, type TimeWindow } from '../url.ts';

/** The ends of the window in the browser's own fields; of one day, the day. */
export function ClockDates() {
  const { from, to } = timeWindow.value;
  const mode = clockMode.value;
  const set = (next: TimeWindow) => {
    pause();
    setSpan(next);
  };
  return (
    <div class="clock-dates">
      {mode === 'window' && (
        <DateEntry
          label={t('clock.from')}
          value={from}
          onChange={(day) => set({ from: day, to: to !== null && to < day ? day : to })}
        />
      )}
      <DateEntry
        label={t(mode === 'instant' ? 'clock.dayOnly' : 'clock.to')}
        value={to}
        onChange={(day) => set({ from: from !== null && from > day ? day : from, to: day })}
      />
    </div>
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
