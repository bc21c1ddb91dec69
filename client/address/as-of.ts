import { asOf } from '../api/known-at.ts';
import { offlineSince } from '../offline.ts';
import type { AddressPart } from './part.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?Z$/;

/** The moment as of which records are shown: `asof=2026-11-22T06:00:00.000Z`. A copy knows one moment only: its own. */
export const asOfPart: AddressPart = {
  key: 'asof',
  isUndoable: true,
  print: () => asOf.value ?? undefined,
  read: (text) => {
    const isMoment = text !== null && INSTANT.test(text) && Number.isFinite(Date.parse(text));
    const next = isMoment && offlineSince() === null ? text : null;
    if (next !== asOf.peek()) asOf.value = next;
  },
};
