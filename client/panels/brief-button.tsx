import { t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { briefPanel, closeBriefs, openBriefs } from '../state.ts';

/** Opens the briefs, which the server keeps. */
export function BriefButton() {
  if (offlineSince() !== null) return null;
  const isOpen = briefPanel.value !== null;
  return (
    <button
      type="button"
      class="tool brief-button"
      aria-expanded={isOpen}
      aria-label={t('brief.title')}
      title={t('brief.title')}
      onClick={() => (isOpen ? closeBriefs() : openBriefs())}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M4 4h9v9H4zM7 16h9V7M7 7h3M7 10h3" />
      </svg>
    </button>
  );
}
