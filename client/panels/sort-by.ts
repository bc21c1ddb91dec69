import { t } from '../i18n/text.ts';
import { openTable, tableLayer, tableSort } from '../state/table.ts';
import { remember } from '../state/undo.ts';

/** Rising, falling, and as it was: a step that can be taken back, also once the table has been closed. */
export function sortBy(field: string): void {
  const [layer, before] = [tableLayer.peek(), tableSort.peek()];
  if (layer === null) return;
  const after = before === field ? `-${field}` : before === `-${field}` ? null : field;
  tableSort.value = after;
  const put = async (sort: string | null) => {
    openTable(layer);
    tableSort.value = sort;
  };
  remember({ title: () => t('table.step'), undo: () => put(before), redo: () => put(after) });
}
