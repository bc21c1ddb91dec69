import { filters } from '../state/filters.ts';
import type { AddressPart } from './part.ts';

/** Longer ones are no filters that the server reads. */
const MAX = 8_000;
const LAYER = /^[a-z][a-z0-9_]{0,47}$/;

const print = () => (filters.value.size === 0 ? '' : JSON.stringify(Object.fromEntries(filters.value)));

/** Filters of layers as CQL2 text: `filter={"attacks":"killed > 5"}`. */
export const filtersPart: AddressPart = {
  key: 'filter',
  isUndoable: true,
  print: () => print() || undefined,
  read: (text) => {
    if ((text ?? '') === print()) return;
    filters.value = new Map(
      Object.entries(parsed(text)).flatMap(([id, filter]): [string, string][] =>
        LAYER.test(id) && typeof filter === 'string' && filter.length <= MAX ? [[id, filter]] : [],
      ),
    );
  },
};

function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
