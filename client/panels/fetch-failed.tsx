import { type TextKey, t } from '../i18n/text.ts';

/** Says that something did not come, by default a record, and asks again. */
export function FetchFailed({ retry, text, place }: { retry: () => void; text?: TextKey; place?: string }) {
  return (
    <div class={place ?? 'card'} role="alert">
      <p>{t(text ?? 'records.failed')}</p>
      <button type="button" class="button" onClick={retry}>
        {t('app.retry')}
      </button>
    </div>
  );
}
