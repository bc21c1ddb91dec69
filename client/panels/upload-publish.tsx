import { useSignal } from '@preact/signals';
import type { Upload } from '../api/upload-types.ts';
import { plural, t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import { newLayerOf } from '../upload-mapping.ts';
import { publishable } from '../upload-sentences.ts';
import { firstVersions, publishUpload, titleOf } from './publish-upload.ts';
import { showPublished } from './show-published.ts';

/** The last step, with what it means. */
export function UploadPublish() {
  const mapping = store.mapping.value;
  const account = store.upload.value?.report?.account;
  if (!mapping || !account) return null;
  const { target } = mapping;
  const number = publishable(account);
  const isDelete = target.mode === 'delete';
  const title = target.mode === 'new' ? '' : titleOf(target.collection, { mapping });
  const handling = newLayerOf(mapping)?.handling;
  return (
    <section class="panel-part upload-publish">
      <h3>{t('upload.publish.title')}</h3>
      {target.mode === 'replace' && <p class="upload-warn">{t('upload.publish.replaces', { layer: title })}</p>}
      {!isDelete && (
        <p>
          {t(handling === undefined || handling === 'public' ? 'upload.publish.public' : 'upload.publish.internal')}
        </p>
      )}
      <button
        type="button"
        class="button is-main"
        disabled={store.draft.value !== null || (number === 0 && !isDelete)}
        onClick={() => void publishUpload()}
      >
        {isDelete ? t('upload.publish.delete') : plural('upload.publish.button', number)}
      </button>
    </section>
  );
}

/** What has become of it, and the way to see it. */
export function Published({ upload }: { upload: Upload }) {
  const isBusy = useSignal(false);
  const { published, mapping, report } = upload;
  if (!published) return null;
  const { collection: id } = published;
  const layer = mapping ? newLayerOf(mapping) : null;
  const isHidden = layer !== null && layer.handling !== 'public';
  return (
    <section class="panel-part upload-done" role="status">
      <p class="upload-lead">{t('upload.published', { layer: titleOf(id, upload) })}</p>
      {firstVersions.value.has(id) && <p>{t('upload.published.first')}</p>}
      {isHidden ? (
        <p>{t('upload.published.hidden')}</p>
      ) : (
        <button
          type="button"
          class="button is-main"
          disabled={isBusy.value}
          aria-busy={isBusy.value}
          onClick={async () => {
            isBusy.value = true;
            await showPublished(published, report?.bbox ?? null);
            isBusy.value = false;
          }}
        >
          {t('upload.published.show')}
        </button>
      )}
    </section>
  );
}
