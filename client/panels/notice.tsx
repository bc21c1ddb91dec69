import { useSignal } from '@preact/signals';
import { local, t } from '../i18n/text.ts';
import { keepSetting, keptSetting } from '../state/kept-setting.ts';
import { settings } from '../state.ts';
import { Note } from './note.tsx';

const SETTING = 'notice';

/** What is real on this map and what is modelled; until the reader has understood it. */
export function Notice() {
  const isDismissed = useSignal(keptSetting(SETTING) !== null);
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
            keepSetting(SETTING, '1');
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
