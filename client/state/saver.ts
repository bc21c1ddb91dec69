import { computed, signal } from '@preact/signals';
import { keepSetting, keptSetting } from './kept-setting.ts';

/** Whether less data is loaded: as the reader has chosen, else as a link or the browser asks. */

const SETTING = 'saver';

function keptChoice(): boolean | null {
  const kept = keptSetting(SETTING);
  return kept === null ? null : kept === 'on';
}

const chosen = signal<boolean | null>(keptChoice());
/** A link may ask for it (`saver=1`). Read at once: the map's first tiles are asked for by it. */
export const askedSaver = signal(new URLSearchParams(location.hash.replace(/^#/, '')).get('saver') === '1');

/** What the browser is set to: https://wicg.github.io/savedata/ */
const connection = (navigator as { readonly connection?: { readonly saveData?: boolean } }).connection;

export const isSaving = computed(() => askedSaver.value || (chosen.value ?? connection?.saveData === true));

export function chooseSaver(isOn: boolean): void {
  askedSaver.value = false;
  chosen.value = isOn;
  keepSetting(SETTING, isOn ? 'on' : 'off');
}
