import { local, t } from '../i18n/text.ts';
import { collectionById, failedSources, isBusy } from '../state.ts';
import { DismissButton } from './dismiss-button.tsx';
import { Note } from './note.tsx';

/** Loading as a thin bar, and what failed in words with a way to try again. */
export function Status({ retry }: { retry: () => void }) {
  const failed = [...failedSources.value];
  return (
    <>
      <div class={`progress${isBusy.value ? ' is-active' : ''}`} role="status">
        <span class="visually-hidden">{isBusy.value ? t('status.loading') : ''}</span>
      </div>
      {failed.length > 0 && (
        <Note
          kind="problem"
          name="failure"
          actions={
            <>
              <button type="button" class="button" onClick={retry}>
                {t('status.retry')}
              </button>
              <DismissButton
                onClick={() => {
                  failedSources.value = new Set();
                }}
              />
            </>
          }
        >
          <p>{t('status.tiles', { layers: [...new Set(failed.map(nameOf))].join(', ') })}</p>
        </Note>
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
