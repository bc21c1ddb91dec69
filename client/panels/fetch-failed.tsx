import { t } from '../i18n/text.ts';

/** Says that a record did not come, and asks again. */
export function FetchFailed({ retry }: { retry: () => void }) {
  return (
    <div class="card" role="alert">
      <p>{t('records.failed')}</p>
      <button type="button" class="button" onClick={retry}>
        {t('app.retry')}
      </button>
    </div>
  );
}
