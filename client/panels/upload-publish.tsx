import { batch } from '@preact/signals';
import type { Upload } from '../api/upload-types.ts';
import { ApiError } from '../api.ts';
import { local, plural, t } from '../i18n/text.ts';
import { renewMap } from '../map/start.ts';
import { focusBox } from '../state/layers.ts';
import * as store from '../state/upload.ts';
import { closeUpload, collectionById, timeWindow, visible } from '../state.ts';
import { newLayerOf } from '../upload-mapping.ts';
import { publishable } from '../upload-sentences.ts';

/** The last step, with what it means. */
export function UploadPublish() {
  const mapping = store.mapping.value;
  const account = store.upload.value?.report?.account;
  if (!mapping || !account) return null;
  const { target } = mapping;
  const number = publishable(account);
  const isDelete = target.mode === 'delete';
  const title = target.mode === 'new' ? null : titleOf(target.collection);
  const handling = newLayerOf(mapping)?.handling;
  return (
    <section class="panel-part upload-publish">
      <h3>{t('upload.publish.title')}</h3>
      {target.mode === 'replace' && <p class="upload-warn">{t('upload.publish.replaces', { layer: title ?? '' })}</p>}
      {!isDelete && (
        <p>
          {t(handling === undefined || handling === 'public' ? 'upload.publish.public' : 'upload.publish.internal')}
        </p>
      )}
      <button
        type="button"
        class="button is-main"
        disabled={store.draft.value !== null || (number === 0 && !isDelete)}
        onClick={() => void store.publish()}
      >
        {isDelete ? t('upload.publish.delete') : plural('upload.publish.button', number)}
      </button>
    </section>
  );
}

function titleOf(id: string): string {
  const collection = collectionById.value.get(id);
  return collection ? local(collection.azalai.title) : id;
}

/** What has become of it, and the way to see it. */
export function Published({ upload }: { upload: Upload }) {
  const { published, mapping, report } = upload;
  const id = published?.collection ?? null;
  if (id === null) return null;
  const layer = mapping ? newLayerOf(mapping) : null;
  const title = collectionById.value.has(id) || !layer ? titleOf(id) : local(layer.title);
  const isTimed = (layer ?? collectionById.value.get(id)?.azalai)?.time != null;
  const isHidden = layer !== null && layer.handling !== 'public';
  return (
    <section class="panel-part upload-done" role="status">
      <p class="upload-lead">{t('upload.published', { layer: title })}</p>
      {isHidden ? (
        <p>{t('upload.published.hidden')}</p>
      ) : (
        <button type="button" class="button is-main" onClick={() => void show(id, report?.bbox ?? null, isTimed)}>
          {t('upload.published.show')}
        </button>
      )}
    </section>
  );
}

/** Draws the map with the layer that it has now, goes to it, at any date where it has dates; all else stays as it is. */
async function show(id: string, bbox: readonly number[] | null, isTimed: boolean): Promise<void> {
  try {
    await renewMap();
  } catch (cause) {
    const status = cause instanceof ApiError ? cause.status : -1;
    store.problem.value = { detail: cause instanceof Error ? cause.message : String(cause), status };
    return;
  }
  batch(() => {
    visible.value = new Set([...visible.peek(), id]);
    if (isTimed) timeWindow.value = { from: null, to: null };
    closeUpload();
  });
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = bbox ?? [];
  if ([west, south, east, north].every(Number.isFinite)) focusBox.value = [west, south, east, north];
}
