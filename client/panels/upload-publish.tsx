import type { Upload } from '../api/upload-types.ts';
import { local, plural, t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import { collectionById, collections, language, settings, timeWindow, visible } from '../state.ts';
import { newLayerOf } from '../upload-mapping.ts';
import { publishable } from '../upload-sentences.ts';
import { printAddress, type View } from '../url.ts';

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
        <button type="button" class="button is-main" onClick={() => show(id, report?.bbox ?? null, isTimed)}>
          {t('upload.published.show')}
        </button>
      )}
    </section>
  );
}

/** Opens the map anew, since its style has another layer now: on it, and at any date where it has dates. */
function show(id: string, bbox: readonly number[] | null, isTimed: boolean): void {
  const shown = collections.value.map((collection) => collection.id).filter((name) => visible.value.has(name));
  const view = bbox && viewOf(bbox);
  const hash = printAddress({
    ...(view && { view }),
    layers: [...new Set([...shown, id])],
    window: isTimed ? { from: null, to: null } : timeWindow.value,
    language: language.value,
  });
  history.pushState(null, '', hash);
  location.reload();
}

/** A view that has the whole box in it, as near as may be. */
function viewOf([west = 0, south = 0, east = 0, north = 0]: readonly number[]): View | null {
  const { minzoom = 3 } = settings.value ?? {};
  const [lon, lat] = [(west + east) / 2, (south + north) / 2];
  if (![lon, lat].every(Number.isFinite) || Math.abs(lat) > 85) return null;
  const across = Math.max(east - west, (north - south) * 1.6, 0.2);
  const zoom = Math.log2((360 / across) * (innerWidth / 512) * 0.6);
  return { lon, lat, zoom: Math.min(11, Math.max(minzoom, zoom)) };
}
