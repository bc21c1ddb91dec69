import { useSignal } from '@preact/signals';
import { t } from '../i18n/text.ts';
import { enter } from '../upload-store.ts';

/** Asks for the token without which nothing here is shown. */
export function UploadToken() {
  const text = useSignal('');
  return (
    <form
      class="upload-part"
      onSubmit={(event) => {
        event.preventDefault();
        void enter(text.value);
      }}
    >
      <label class="upload-field">
        <span>{t('upload.token.label')}</span>
        <input
          type="password"
          autocomplete="off"
          required
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
      </label>
      <p class="quiet">{t('upload.token.help')}</p>
      <button type="submit" class="button is-main">
        {t('upload.token.enter')}
      </button>
    </form>
  );
}
