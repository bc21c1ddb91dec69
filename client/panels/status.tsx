import { local, t } from '../i18n/text.ts';
import { collectionById, failedSources, isBusy } from '../state.ts';

/** Loading as a thin bar, and what failed in words with a way to try again. */
export function Status({ retry }: { retry: () => void }) {
  const failed = [...failedSources.value];
  return (
    <>
      <div class={`progress${isBusy.value ? ' is-active' : ''}`} role="status">
        <span class="visually-hidden">{isBusy.value ? t('status.loading') : ''}</span>
      </div>
      {failed.length > 0 && (
        <div class="failure" role="alert">
          <p>{t('status.tiles', { layers: [...new Set(failed.map(nameOf))].join(', ') })}</p>
          <button type="button" class="button" onClick={retry}>
            {t('status.retry')}
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label={t('status.dismiss')}
            onClick={() => {
              failedSources.value = new Set();
            }}
          >
            ×
          </button>
        </div>
      )}
    </>
  );
}

/** A source is a composite of the base map or of the records, or one layer. */
function nameOf(source: string): string {
  const collection = collectionById.value.get(source);
  if (collection) return local(collection.azalai.title);
  if (source === 'base-map') return t('status.base');
  return source === 'style' ? t('status.style') : t('status.records');
}
