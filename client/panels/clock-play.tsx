import { t } from '../i18n/text.ts';
import { isPlaying, pause, stepBy, togglePlaying } from '../state/play.ts';

function step(count: number): void {
  pause();
  stepBy(count);
}

/** Back, play, forward. */
export function ClockPlay() {
  const playing = isPlaying.value;
  return (
    <div class="clock-play">
      <button
        type="button"
        class="clock-button"
        aria-label={t('clock.back')}
        title={t('clock.back')}
        onClick={() => step(-1)}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path class="is-solid" d="M14 5v10l-7-5zM5 5h1.6v10H5z" />
        </svg>
      </button>
      <button
        type="button"
        class="clock-button is-main"
        aria-label={t(playing ? 'clock.pause' : 'clock.play')}
        title={t(playing ? 'clock.pause' : 'clock.play')}
        onClick={togglePlaying}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path class="is-solid" d={playing ? 'M6 5h3v10H6zM11 5h3v10h-3z' : 'M7 4.5v11l9-5.5z'} />
        </svg>
      </button>
      <button
        type="button"
        class="clock-button"
        aria-label={t('clock.forward')}
        title={t('clock.forward')}
        onClick={() => step(1)}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path class="is-solid" d="M6 5v10l7-5zM13.4 5H15v10h-1.6z" />
        </svg>
      </button>
    </div>
  );
}
