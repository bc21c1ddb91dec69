import { useSignal } from '@preact/signals';
import { t } from '../i18n/text.ts';
import { isClockFolded, setSpan } from '../state/clock.ts';
import { pause, togglePlaying } from '../state/play.ts';
import { settings, timeWindow } from '../state.ts';
import type { TimeWindow } from '../url.ts';
import { ClockBrush } from './clock-brush.tsx';
import { ClockChoices } from './clock-choices.tsx';
import { ClockDates } from './clock-dates.tsx';
import { ClockNote } from './clock-note.tsx';
import { ClockPlay } from './clock-play.tsx';
import { ClockText } from './clock-text.tsx';
import { ClockYears } from './clock-years.tsx';

/** Space plays wherever in the clock the focus is, but where it has a use of its own. */
function playOnSpace(event: KeyboardEvent): void {
  if (event.key !== ' ' || (event.target as Element).closest('input, select, button, form')) return;
  event.preventDefault();
  togglePlaying();
}

/** The one clock of all layers: when what is in view happened, which days are shown, and time that plays. Ends are included. */
export function Clock() {
  const isMore = useSignal(false);
  const map = settings.value;
  if (!map) return null;
  const window = timeWindow.value;
  const isFolded = isClockFolded.value;
  const set = (next: TimeWindow) => {
    pause();
    setSpan(next);
  };
  const isAll = window.from === null && window.to === null;
  const isLatest = window.from === map.window.from && window.to === map.window.to;

  return (
    <section
      class={`clock${isFolded ? ' is-folded' : ''}${isMore.value ? ' has-more' : ''}`}
      aria-label={t('clock.label')}
      tabIndex={-1}
      onKeyDown={playOnSpace}
    >
      <div class="clock-head">
        <ClockPlay />
        <ClockText />
        {!isFolded && <ClockDates />}
        {!isFolded && (
          <div class="clock-presets">
            <button type="button" class="chip" aria-pressed={isLatest} onClick={() => set(map.window)}>
              {t('clock.latest')}
            </button>
            <button type="button" class="chip" aria-pressed={isAll} onClick={() => set({ from: null, to: null })}>
              {t('clock.all')}
            </button>
          </div>
        )}
        {!isFolded && (
          <button
            type="button"
            class="clock-button more-button"
            aria-label={t('clock.more')}
            aria-expanded={isMore.value}
            onClick={() => {
              isMore.value = !isMore.value;
            }}
          >
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M3 6h7m4 0h3M3 14h3m4 0h7" />
              <circle cx="12" cy="6" r="2" />
              <circle cx="8" cy="14" r="2" />
            </svg>
          </button>
        )}
        <button
          type="button"
          class="clock-button"
          aria-label={t(isFolded ? 'clock.unfold' : 'clock.fold')}
          title={t(isFolded ? 'clock.unfold' : 'clock.fold')}
          aria-expanded={!isFolded}
          onClick={() => {
            isClockFolded.value = !isFolded;
          }}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d={isFolded ? 'M5 12l5-5 5 5' : 'M5 8l5 5 5-5'} />
          </svg>
        </button>
      </div>
      {!isFolded && (
        <>
          <ClockBrush />
          <ClockYears set={set} />
          <div class="clock-foot">
            <ClockChoices />
            <ClockNote />
          </div>
        </>
      )}
    </section>
  );
}
