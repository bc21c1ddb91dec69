import { batch, signal } from '@preact/signals';
import type { Settings } from '../../server/core/settings.ts';
import { patchSettings } from '../api/changes.ts';
import { local, t } from '../i18n/text.ts';
import { renewMap } from '../map/start.ts';
import { toChangeProblem } from '../state/change-problem.ts';
import { collection, draft, isSaved, ofCollection, problem } from '../state/settings.ts';
import { remember } from '../state/undo.ts';
import { layerSettings } from '../state.ts';
import { token } from '../token.ts';

export const isSaving = signal(false);

/** Per layer the ETag of what this page has made of it last: a step is not taken over what others have set since. */
const made = new Map<string, string>();

async function set(layer: string, settings: Settings, tag?: string): Promise<void> {
  made.set(layer, await patchSettings(token.peek(), layer, settings, tag));
  // They are set, whether or not the map can be drawn with them now.
  await renewMap().catch(() => undefined);
}

/** Sends what differs, for everybody to see. */
export async function save(): Promise<void> {
  const [of, wanted] = [collection.peek(), draft.peek()];
  if (!of || !wanted) return;
  const { id } = of;
  const all = ofCollection(of);
  const before = Object.fromEntries(
    Object.keys(wanted).map((name) => [name, all[name as keyof typeof all]]),
  ) as Settings;
  problem.value = null;
  isSaving.value = true;
  try {
    await set(id, wanted as Settings);
    batch(() => {
      // What was changed while this one was on its way is not saved.
      if (draft.peek() !== wanted) return;
      draft.value = null;
      isSaved.value = true;
    });
    remember({
      title: () => t('settings.step', { layer: local(all.title) }),
      undo: () => set(id, before, made.get(id)),
      redo: () => set(id, wanted as Settings, made.get(id)),
    });
  } catch (cause) {
    // Of another layer that is open by now nothing was refused; what was changed of this one is kept.
    const refused = toChangeProblem(cause);
    if (layerSettings.peek() === id) problem.value = refused;
  }
  isSaving.value = false;
}
