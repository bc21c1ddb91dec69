import { HEIGHTS, isTableOfView, tableColumns, tableHeight, tableLayer, tableSort } from '../state/table.ts';
import type { AddressPart } from './part.ts';

const LAYER = /^[a-z][a-z0-9_]{0,47}$/;
const SORT = /^-?[a-z][a-z0-9_]{0,47}$/;

function print(): string {
  if (tableLayer.value === null) return '';
  const parts = [
    tableLayer.value,
    tableSort.value ?? '',
    `${isTableOfView.value ? 'view' : ''}${tableHeight.value === 'middle' ? '' : `.${tableHeight.value}`}`,
    tableColumns.value?.join(',') ?? '',
  ];
  return parts.join('/').replace(/\/+$/, '');
}

/** The table that is open: `table=attacks/-killed/view.high/place,killed`: layer, order, what it lists and how high, columns. */
export const tablePart: AddressPart = {
  key: 'table',
  isUndoable: false,
  print: () => print() || undefined,
  read: (text) => {
    if ((text ?? '') === print()) return;
    const [layer = '', sort = '', look = '', columns = ''] = (text ?? '').split('/');
    const [scope, height] = look.split('.');
    tableLayer.value = LAYER.test(layer) ? layer : null;
    tableSort.value = SORT.test(sort) ? sort : null;
    isTableOfView.value = scope === 'view';
    tableHeight.value = HEIGHTS.find((each) => each === height) ?? 'middle';
    tableColumns.value = columns === '' ? null : columns.split(',').filter((name) => LAYER.test(name));
  },
};
