import { useSignal } from '@preact/signals';
import { type RestoringProgress, restoreVersion } from '../api/versions.ts';
import { ApiError } from '../api.ts';
import { local, t } from '../i18n/text.ts';
import { renewMap } from '../map/start.ts';
import { collectionById } from '../state.ts';
import { forgetToken, takeToken, token } from '../token.ts';
import { rememberVersion } from './version-step.ts';

interface Restored {
  /** The version that was wanted again, and the number that it has as the newest. */
  readonly generation: number;
  readonly made: number;
  /** The one that was in service before: restoring it undoes this. */
  readonly before: number;
}

interface Restorer {
  readonly isWorking: boolean;
  /** Null before the first step is over. */
  readonly progress: RestoringProgress | null;
  /** In the reader's language; null: none. */
  readonly problem: string | null;
  /** What was brought back last. */
  readonly restored: Restored | null;
  readonly restore: (wanted: number, served: number | null) => Promise<void>;
  /** Tries a token. */
  readonly enter: (text: string) => Promise<void>;
}

/** Brings versions of a layer back, each as a step that can be taken back. */
export function useRestoring(layer: string, onDone: () => void): Restorer {
  const isWorking = useSignal(false);
  const progress = useSignal<RestoringProgress | null>(null);
  const problem = useSignal<string | null>(null);
  const restored = useSignal<Restored | null>(null);
  const fail = (cause: unknown) => {
    const isUnknown = cause instanceof ApiError && cause.status === 401;
    if (isUnknown) forgetToken();
    const detail = cause instanceof ApiError && cause.status > 0 ? cause.message : t('panel.missing');
    problem.value = isUnknown ? t('token.wrong') : t('versions.notRestored', { detail });
  };
  const restore = async (wanted: number, served: number | null) => {
    problem.value = null;
    isWorking.value = true;
    progress.value = null;
    try {
      const made = await restoreVersion(token.value, layer, wanted, (next) => {
        progress.value = next;
      });
      restored.value = served === null ? null : { generation: wanted, made, before: served };
      if (served !== null) {
        const title = () => t('versions.step', { generation: wanted, layer: titleOf(layer) });
        rememberVersion({ layer, title, before: served, after: made });
      }
      // It is in service, whether or not the map can be drawn with it now.
      await renewMap({ layer, generation: made }).catch(() => undefined);
      onDone();
    } catch (cause) {
      fail(cause);
    }
    isWorking.value = false;
  };
  const enter = async (text: string) => {
    problem.value = null;
    await takeToken(text).catch(fail);
  };
  const [working, at, wrong, done] = [isWorking.value, progress.value, problem.value, restored.value];
  return { isWorking: working, progress: at, problem: wrong, restored: done, restore, enter };
}

function titleOf(layer: string): string {
  const title = collectionById.value.get(layer)?.azalai.title;
  return title ? local(title) : layer;
}
