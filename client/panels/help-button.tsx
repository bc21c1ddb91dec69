import { t } from '../i18n/text.ts';
import { isHelpOpen } from '../state.ts';

/** Opens the list of keys. */
export function HelpButton() {
  return (
    <button
      type="button"
      class="tool"
      aria-label={t('help.open')}
      title={`${t('help.open')} (?)`}
      aria-haspopup="dialog"
      onClick={() => {
        isHelpOpen.value = true;
      }}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M7.2 7.4a2.9 2.9 0 1 1 4.3 2.5c-1 .6-1.5 1.2-1.5 2.3M10 15.6v.1" />
      </svg>
    </button>
  );
}
