import '../css/forms.css';
import '../i18n/token-texts.ts';
import { useSignal } from '@preact/signals';
import { t } from '../i18n/text.ts';

/** Asks for the token without which nothing can be brought or changed. */
export function TokenForm({ enter }: { enter: (text: string) => Promise<unknown> }) {
  const text = useSignal('');
  return (
    <form
      class="panel-part"
      onSubmit={(event) => {
        event.preventDefault();
        void enter(text.value);
      }}
    >
      <label class="form-field">
        <span>{t('token.label')}</span>
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
      <p class="quiet">{t('token.help')}</p>
      <button type="submit" class="button is-main">
        {t('token.enter')}
      </button>
    </form>
  );
}
