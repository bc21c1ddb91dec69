import { t } from '../i18n/text.ts';
import { isMeasuring } from '../state/measure.ts';

/** Measures a way or an area on the map. */
export function MeasureButton() {
  return (
    <button
      type="button"
      class="tool"
      aria-pressed={isMeasuring.value}
      aria-label={t('measure.open')}
      title={t('measure.open')}
      onClick={() => {
        isMeasuring.value = !isMeasuring.value;
      }}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M2.500 13.500 13.500 2.500l4 4-11 11ZM6 10l1.500 1.500M8.500 7.500l2.500 2.500M11 5l1.500 1.500" />
      </svg>
    </button>
  );
}
