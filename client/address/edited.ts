import { collectionById, corrected, layerSettings } from '../state.ts';
import { parseAddress } from '../url.ts';
import type { AddressPart } from './part.ts';

/** What of a layer is open to be changed. What has been written there is in no link: it is kept in the tab. */

const RECORD = /^([a-z][a-z0-9_]{0,47})\/(new|[1-9]\d{0,14})$/;

/** Beside the map one panel is open: those that the address has had for longer come first. */
function hasOtherPanel(): boolean {
  const { upload, connect, ask } = parseAddress(location.hash);
  return [upload, connect, ask].some((panel) => panel !== undefined);
}

/** The record that is being corrected, or a new one: `correct=events/3`, `correct=events/new`. */
export const correctPart: AddressPart = {
  key: 'correct',
  isUndoable: false,
  print: () => (corrected.value ? `${corrected.value.layer}/${corrected.value.id ?? 'new'}` : undefined),
  read: (text) => {
    if ((text ?? undefined) === correctPart.print()) return;
    const [, layer = '', id] = RECORD.exec(text ?? '') ?? [];
    const isKnown = collectionById.peek().has(layer) && !hasOtherPanel();
    corrected.value = isKnown ? { layer, id: id === 'new' ? null : Number(id) } : null;
  },
};

/** The layer whose settings are open: `settings=events`. */
export const settingsPart: AddressPart = {
  key: 'settings',
  isUndoable: false,
  print: () => layerSettings.value ?? undefined,
  read: (text) => {
    const isKnown = text !== null && collectionById.peek().has(text) && !hasOtherPanel() && corrected.peek() === null;
    const next = isKnown ? text : null;
    if (next !== layerSettings.peek()) layerSettings.value = next;
  },
};
