import { batch, computed, signal } from '@preact/signals';
import type { Layer, Style } from '../../server/core/layer.ts';
import { fieldsRead, SETTING_NAMES } from '../../server/core/setting-names.ts';
import type { Settings } from '../../server/core/settings.ts';
import { ChangeRefused, type Fault, patchSettings } from '../api/changes.ts';
import { ApiError, type Collection } from '../api.ts';
import { local, t } from '../i18n/text.ts';
import { renewMap } from '../map/start.ts';
import { collectionById, layerSettings } from '../state.ts';
import { forgetToken, token } from '../token.ts';
import { remember } from './undo.ts';

/** The settings of a layer as they are being changed. */

type All = Pick<Layer, (typeof SETTING_NAMES)[number]>;

const ofCollection = ({ azalai }: Collection): All =>
  Object.fromEntries(SETTING_NAMES.map((name) => [name, azalai[name]])) as All;

/** What stands in the form; null: as the layer has it. */
export const draft = signal<All | null>(null);
export const isSaving = signal(false);
export const isSaved = signal(false);
export const problem = signal<{
  readonly detail: string;
  readonly status: number;
  readonly faults: readonly Fault[];
} | null>(null);

const collection = computed(() => collectionById.value.get(layerSettings.value ?? ''));

/** The settings as the form shows them; null while no layer is open. */
export const shown = computed<All | null>(
  () => draft.value ?? (collection.value ? ofCollection(collection.value) : null),
);

/** The layer as it would be. */
export const drafted = computed<Layer | null>(() => {
  const [of, settings] = [collection.value, shown.value];
  return of && settings ? ({ ...of.azalai, ...settings, id: of.id } as unknown as Layer) : null;
});

/** Whether the style reads a field that tiles do not have. */
export const readsMore = computed(() => {
  const layer = drafted.value;
  return (
    layer !== null && fieldsRead(layer.style).some((name) => !layer.fields.find((field) => field.name === name)?.tile)
  );
});

export function change(part: Partial<All>): void {
  if (!shown.value) return;
  batch(() => {
    draft.value = { ...(shown.value as All), ...part };
    isSaved.value = false;
    problem.value = null;
  });
}

export function restyle(part: object): void {
  const style = shown.value?.style;
  if (style)
    change({
      style: Object.fromEntries(
        Object.entries({ ...style, ...part }).filter(([, value]) => value !== undefined),
      ) as Style,
    });
}

export function reset(): void {
  batch(() => {
    draft.value = null;
    problem.value = null;
    isSaved.value = false;
  });
}

async function set(layer: string, settings: Settings): Promise<void> {
  await patchSettings(token.peek(), layer, settings);
  await renewMap();
}

/** Sends what differs, for everybody to see. */
export async function save(): Promise<void> {
  const [of, wanted] = [collection.peek(), draft.peek()];
  if (!of || !wanted) return;
  const before = ofCollection(of);
  const names = SETTING_NAMES.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(wanted[name]));
  const pick = (from: All): Settings => Object.fromEntries(names.map((name) => [name, from[name]]));
  problem.value = null;
  isSaving.value = true;
  try {
    await set(of.id, pick(wanted));
    batch(() => {
      // What was changed while this one was on its way is not saved.
      if (draft.peek() !== wanted) return;
      draft.value = null;
      isSaved.value = true;
    });
    remember({
      title: () => t('settings.step', { layer: local(before.title) }),
      undo: () => set(of.id, pick(before)),
      redo: () => set(of.id, pick(wanted)),
    });
  } catch (cause) {
    const status = cause instanceof ApiError ? cause.status : -1;
    if (status === 401) forgetToken();
    problem.value = {
      ...{ detail: cause instanceof Error ? cause.message : String(cause), status },
      faults: cause instanceof ChangeRefused ? cause.faults : [],
    };
  }
  isSaving.value = false;
}
