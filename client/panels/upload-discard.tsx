import { useSignal } from '@preact/signals';
import { t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';

/** Takes an upload out, when that is meant. What was published of it stays. */
export function Discard({ id }: { id: string }) {
  const isAsked = useSignal(false);
  if (!isAsked.value) {
    return (
      <p class="panel-part">
        <button
          type="button"
          class="link-button"
          onClick={() => {
            isAsked.value = true;
          }}
        >
          {t('upload.discard')}
        </button>
      </p>
    );
  }
  return (
    <p class="panel-part panel-buttons">
      <span>{t('upload.discard.sure')}</span>
      <button type="button" class="button" onClick={() => void store.discard(id)}>
        {t('upload.discard')}
      </button>
      <button
        type="button"
        class="button"
        onClick={() => {
          isAsked.value = false;
        }}
      >
        {t('upload.discard.no')}
      </button>
    </p>
  );
}
