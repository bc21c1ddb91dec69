import { t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { comparison, startComparing, stopComparing } from '../state/compare.ts';

/** Two periods of one map, side by side or one over the other. The server counts the hexagons of the other: not in a copy without one. */
export function CompareButton() {
  if (offlineSince() !== null) return null;
  const isOn = comparison.value !== null;
  return (
    <button
      type="button"
      class="tool"
      aria-pressed={isOn}
      aria-label={t('compare.open')}
      title={t('compare.open')}
      onClick={() => (isOn ? stopComparing() : startComparing())}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M10 2v16M3 5h4v10H3zM13 5h4v10h-4z" />
      </svg>
    </button>
  );
}
