import '../i18n/layer-texts.ts';
import { contentOf } from '../api/content-of.ts';
import { getVersionDiff, getVersions, type LayerVersion, restoreVersion } from '../api/versions.ts';
import { t } from '../i18n/text.ts';
import { renewMap } from '../map/start.ts';
import { remember } from '../state/undo.ts';
import { token } from '../token.ts';

interface VersionStep {
  readonly layer: string;
  /** What the step was, in the reader's language. */
  readonly title: () => string;
  /** The version that was in service before, and the one that came of it. */
  readonly before: number;
  readonly after: number;
}

/** A version that the reader published or brought back: undo has the server bring back the one before. */
export function rememberVersion({ layer, title, before, after }: VersionStep): void {
  remember({ title, undo: () => bring(layer, after, before), redo: () => bring(layer, before, after) });
}

/**
 * Brings a version back, if what is in service is still what the step left.
 * @throws ApiError of the server; Error when somebody has published since
 */
async function bring(layer: string, from: number, to: number): Promise<void> {
  const versions = await getVersions(layer);
  // The newest is in service: a worker that is behind may still name the one before.
  const now = versions[0];
  if (!now || !(await isSame(layer, versions, now.generation, from))) throw new Error(t('versions.overtaken'));
  const generation = await restoreVersion(token.peek(), layer, to);
  // It is in service, whether or not the map can be drawn with it now.
  await renewMap({ layer, generation }).catch(() => undefined);
}

/** What came in between and was taken back has left the same records. */
async function isSame(layer: string, versions: readonly LayerVersion[], now: number, from: number): Promise<boolean> {
  if (contentOf(versions, now) === contentOf(versions, from)) return true;
  const { added, changed, removed, isDefinitionChanged } = await getVersionDiff(layer, from, now);
  return added + changed + removed === 0 && !isDefinitionChanged;
}
