import { t } from '../i18n/text.ts';

/** In place of a panel whose script did not come. */
export function MissingPanel({ title, close, retry }: { title: string; close: () => void; retry: () => void }) {
  return (
    <aside class="panel" aria-label={title}>
      <div class="panel-head">
        <h2>{title}</h2>
        <button type="button" class="icon-button" aria-label={t('panel.close')} onClick={close}>
          ×
        </button>
      </div>
      <p class="panel-problem" role="alert">
        {t('panel.missing')}
      </p>
      <p class="panel-part">
        <button type="button" class="button" onClick={retry}>
          {t('app.retry')}
        </button>
      </p>
    </aside>
  );
}
