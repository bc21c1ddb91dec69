import '../i18n/upload-texts.ts';
import { signal } from '@preact/signals';
import type { Upload } from '../api/upload-types.ts';
import { getUpload } from '../api/uploads.ts';
import { getVersions, type LayerVersion } from '../api/versions.ts';
import { local, t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import { collectionById } from '../state.ts';
import { newLayerOf } from '../upload-mapping.ts';
import { rememberVersion } from './version-step.ts';

const LOOK_MS = 500;
const MOST_TIMES = 20;

/** Layers of which this page has published the first version that is kept: undo has nothing to bring back. */
export const firstVersions = signal<ReadonlySet<string>>(new Set());

/** Publishes the upload that is open, as a step that can be taken back, wherever the reader has gone by then. */
export async function publishUpload(): Promise<void> {
  const id = store.upload.peek()?.id;
  if (id === undefined || !(await store.publish())) return;
  // Publishing is the server's: where the line is cut now, it is taken back by the list of versions.
  const upload = await whenPublished(id).catch(() => null);
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
  for (let n = 0; n < MOST_TIMES; n += 1) {
    const versions = await getVersions(layer).catch(() => []);
    if (versions.some((version) => version.generation === generation)) return versions;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return [];
}

async function whenPublished(id: string): Promise<Upload> {
  for (;;) {
    const upload = await getUpload(store.token.peek(), id);
    if (upload.state !== 'publishing') return upload;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** What a layer is called: by the catalogue, or by the upload that made it while the catalogue is not here anew. */
export function titleOf(id: string, { mapping }: Pick<Upload, 'mapping'>): string {
  const title = collectionById.value.get(id)?.azalai.title ?? (mapping && newLayerOf(mapping)?.title);
  return title ? local(title) : id;
}
