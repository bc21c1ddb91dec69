import { t } from '../i18n/text.ts';

/** Puts a message away without doing anything about it. */
export function DismissButton({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" class="icon-button" aria-label={t('status.dismiss')} onClick={onClick}>
      ×
    </button>
  );
}
