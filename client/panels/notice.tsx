import { useSignal } from '@preact/signals';
import { local, t } from '../i18n/text.ts';
import { settings } from '../state.ts';
import { Note } from './note.tsx';

const FLAG = 'azalai.notice';

/** Storage may be forbidden; then the notice comes back, which does no harm. */
const stored = {
  get: () => {
    try {
      return localStorage.getItem(FLAG) !== null;
    } catch {
      return false;
    }
  },
  set: () => {
    try {
      localStorage.setItem(FLAG, '1');
    } catch {
      // Nothing is remembered.
    }
  },
};

/** What is real on this map and what is modelled; until the reader has understood it. */
export function Notice() {
  const isDismissed = useSignal(stored.get());
  if (isDismissed.value || !settings.value) return null;
  return (
    <Note
      kind="about"
      name="notice"
      label={t('notice.label')}
      actions={
        <button
          type="button"
          class="button"
          onClick={() => {
            stored.set();
            isDismissed.value = true;
          }}
        >
          {t('notice.dismiss')}
        </button>
      }
    >
      <h2>{t('notice.label')}</h2>
      <p>{local(settings.value.notice)}</p>
    </Note>
  );
}
