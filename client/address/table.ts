import {
  HEIGHTS,
  isTableOfView,
  tableColumns,
  tableHeight,
  tableLayer,
  tableRound,
  tableSort,
  tableStart,
} from '../state/table.ts';
import type { AddressPart } from './part.ts';

const LAYER = /^[a-z][a-z0-9_]{0,47}$/;
const SORT = /^-?[a-z][a-z0-9_]{0,47}$/;

/** Pages further down are reached by turning only. */
const FARTHEST = 10_000;

function print(): string {
  if (tableLayer.value === null) return '';
  const parts = [
    tableLayer.value,
    tableSort.value ?? '',
    `${isTableOfView.value ? 'view' : ''}${tableHeight.value === 'middle' ? '' : `.${tableHeight.value}`}`,
    tableColumns.value?.join(',') ?? '',
    tableStart.value === 0 || tableStart.value > FARTHEST ? '' : `${tableStart.value + 1}`,
  ];
  return parts.join('/').replace(/\/+$/, '');
}

/** The table that is open: `table=attacks/-killed/view.high/place,killed/51`: layer, order, what it lists and how high, columns, first row. */
export const tablePart: AddressPart = {
  key: 'table',
  isUndoable: false,
  print: () => print() || undefined,
  read: (text) => {
    if ((text ?? '') === print()) return;
    const [layer = '', sort = '', look = '', columns = '', first = ''] = (text ?? '').split('/');
    const [scope, height] = look.split('.');
    tableLayer.value = LAYER.test(layer) ? layer : null;
    tableSort.value = SORT.test(sort) ? sort : null;
    isTableOfView.value = scope === 'view';
    tableHeight.value = HEIGHTS.find((each) => each === height) ?? 'middle';
    const start = /^\d{1,5}$/.test(first) ? Number(first) - 1 : 0;
    tableStart.value = Math.max(0, Math.min(FARTHEST, start));
    tableRound.value += 1;
    tableColumns.value = columns === '' ? null : columns.split(',').filter((name) => LAYER.test(name));
  },
};
