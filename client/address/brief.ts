import { brief, briefAt, isPresenting } from '../state/brief.ts';
import { briefPanel, exportPanel } from '../state.ts';
import type { AddressPart } from './part.ts';

/** As the server names them: core/brief.ts, which would bring its checks along. */
const BRIEF = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|new)?(?:\/([1-9]\d?))?$/;

/** The brief that is open, and which of its views is shown: `brief`, `brief={id}`, `brief={id}/2`. */
export const briefPart: AddressPart = {
  key: 'brief',
  isUndoable: false,
  print: () => {
    const { value: id } = briefPanel;
    if (id === null) return undefined;
    return briefAt.value === null || id === '' || id === 'new' ? id : `${id}/${briefAt.value}`;
  },
  read: (text) => {
    const [, id = '', at] = BRIEF.exec(text ?? '') ?? [];
    const next = text === null ? null : id;
    if (brief.peek()?.id !== next) brief.value = null;
    if (next !== briefPanel.peek()) briefPanel.value = next;
    // It would lie over the brief, and no address names it.
    if (next !== null) exportPanel.value = null;
    briefAt.value = next === null || at === undefined ? null : Number(at);
  },
};

/** The brief fills the page: `present`, beside `brief={id}/2`. Read after it. */
export const presentPart: AddressPart = {
  key: 'present',
  isUndoable: false,
  print: () => (isPresenting.value ? '' : undefined),
  read: (text) => {
    const id = briefPanel.peek();
    isPresenting.value = text !== null && id !== null && id !== '' && id !== 'new';
  },
};
