import { batch, computed, effect, signal } from '@preact/signals';
import type { Layer, Style } from '../../server/core/layer.ts';
import { fieldsRead, SETTING_NAMES } from '../../server/core/setting-names.ts';
import type { Collection } from '../api.ts';
import { collectionById, layerSettings } from '../state.ts';
import type { ChangeProblem } from './change-problem.ts';
import { keepDraft, keptDraft } from './kept-draft.ts';
import { type AllSettings, differingSettings } from './settings-differing.ts';

/** The settings of a layer as they are being changed. */

export const ofCollection = ({ azalai }: Collection): AllSettings =>
  Object.fromEntries(SETTING_NAMES.map((name) => [name, azalai[name]])) as AllSettings;

/** What the form has otherwise than the layer; null: nothing. */
export const draft = signal<Partial<AllSettings> | null>(null);
export const isSaved = signal(false);
export const problem = signal<ChangeProblem | null>(null);

export const collection = computed(() => collectionById.value.get(layerSettings.value ?? ''));

/** The settings as the form shows them; null while no layer is open. */
export const shown = computed<AllSettings | null>(() => {
  const { value } = collection;
  return value ? { ...ofCollection(value), ...draft.value } : null;
});

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

const nameOf = (layer: string) => `settings.${layer}`;
let stopKeeping = () => {};

/** Begins with what was changed of this layer before, and not saved. */
export function open(layer: string): void {
  leave();
  const of = collectionById.peek().get(layer);
  draft.value = of ? differingSettings(ofCollection(of), keptDraft(nameOf(layer))) : null;
  stopKeeping = effect(() => keepDraft(nameOf(layer), draft.value));
}

/** The panel is closed: the map shows what is saved, and what is not is kept. */
export function leave(): void {
  stopKeeping();
  reset();
}

export function change(part: Partial<AllSettings>): void {
  const of = collection.peek();
  if (!of) return;
  batch(() => {
    draft.value = differingSettings(ofCollection(of), { ...draft.peek(), ...part });
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

/** Drops what was changed. */
export function reset(): void {
  batch(() => {
    draft.value = null;
    problem.value = null;
    isSaved.value = false;
  });
}
