import '../i18n/upload-texts.ts';
import { signal } from '@preact/signals';
import { askUntil } from '../api/ask-until.ts';
import type { Upload } from '../api/upload-types.ts';
import { getUpload } from '../api/uploads.ts';
import { getVersions, type LayerVersion } from '../api/versions.ts';
import { local, t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import { collectionById } from '../state.ts';
import { newLayerOf } from '../upload-mapping.ts';
import { rememberVersion } from './version-step.ts';

/** Requests that may fail while a publication is waited for. */
const MOST_FAILURES = 10;

/** Layers of which this page has published the first version that is kept: undo has nothing to bring back. */
export const firstVersions = signal<ReadonlySet<string>>(new Set());

/** Publishes the upload that is open, as a step that can be taken back, wherever the reader has gone by then. */
export async function publishUpload(): Promise<void> {
  const id = store.upload.peek()?.id;
  if (id === undefined || !(await store.publish())) return;
  // Publishing is the server's: where the line is cut now, it is taken back by the list of versions.
  const upload = await whenPublished(id);
  if (!upload?.published) return;
  const { collection: layer, generation } = upload.published;
  const versions = await versionsWith(layer, generation);
  const at = versions.findIndex((version) => version.generation === generation);
  const before = versions[at + 1];
  if (at >= 0 && before?.isKept) {
    const title = () => t('upload.step', { layer: titleOf(layer, upload) });
    rememberVersion({ layer, title, before: before.generation, after: generation });
  } else if (at >= 0) firstVersions.value = new Set([...firstVersions.peek(), layer]);
}

/** A worker of the server that is behind does not know the layer, or its version, for a moment; empty when it stays so. */
async function versionsWith(layer: string, generation: number): Promise<readonly LayerVersion[]> {
  const isThere = (versions: readonly LayerVersion[]) => versions.some((one) => one.generation === generation);
  const versions = await askUntil(() => getVersions(layer).catch(() => []), isThere);
  return isThere(versions) ? versions : [];
}

/** However long it takes. A request that fails on the way is asked again; undefined where that goes on. */
async function whenPublished(id: string): Promise<Upload | undefined> {
  let failures = 0;
  const ask = () =>
    getUpload(store.token.peek(), id).catch(() => {
      failures += 1;
      return undefined;
    });
  const isOver = (upload: Upload | undefined) => (upload ? upload.state !== 'publishing' : failures > MOST_FAILURES);
  return askUntil(ask, isOver, Number.POSITIVE_INFINITY);
}

/** What a layer is called: by the catalogue, or by the upload that made it while the catalogue is not here anew. */
export function titleOf(id: string, { mapping }: Pick<Upload, 'mapping'>): string {
  const title = collectionById.value.get(id)?.azalai.title ?? (mapping && newLayerOf(mapping)?.title);
  return title ? local(title) : id;
}
