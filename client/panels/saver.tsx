import { t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { chooseSaver, isSaving } from '../state/saver.ts';
import { Note } from './note.tsx';

/** Loads less for a thin link, or as usual. A copy without a server has no link to save. */
export function SaverButton() {
  if (offlineSince() !== null) return null;
  const label = t(isSaving.value ? 'saver.on' : 'saver.off');
  return (
    <button
      type="button"
      class="tool"
      aria-pressed={isSaving.value}
      aria-label={label}
      title={label}
      onClick={() => chooseSaver(!isSaving.value)}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M4 16v-3M8 16v-6M12 16V7M16 16V4M3 5.500 5.500 8 8 5.500M5.500 3v5" />
      </svg>
    </button>
  );
}

/** Says on the map that it shows less. */
export function SaverNote() {
  if (!isSaving.value || offlineSince() !== null) return null;
  return (
    <Note
      kind="state"
      name="saver-note"
      label={t('saver.title')}
      actions={
        <button type="button" class="button" onClick={() => chooseSaver(false)}>
          {t('saver.stop')}
        </button>
      }
    >
      <p>
        <strong>{t('saver.title')}</strong> {t('saver.note')}
      </p>
    </Note>
  );
}
