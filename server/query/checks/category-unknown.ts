import { sql } from '../sql.ts';
import type { Cell } from '../staging/cell.ts';
import { isAbsent, lookupOf, shownText } from '../staging/values.ts';
import { pointerOf, type RecordCheck } from './check.ts';

/**
 * Values of a closed list, of a column whose values were told apart, and yes or no. What is not in the list is left out
 * of the record, as no legend could show it, and stays in the issue, from where it can be mapped.
 */
export const categoryUnknown: RecordCheck = ({ cells }) =>
  cells.flatMap((cell) => {
    const isBoolean = cell.field.type === 'boolean';
    if (!isBoolean && (lookupOf(cell) === null || !['string', 'strings'].includes(cell.field.type))) return [];
    const isHandling = cell.field.name === 'handling';
    return {
      code: 'category-unknown',
      severity: 'warning' as const,
      pointer: pointerOf(cell),
      detail: isBoolean
        ? 'This is neither yes nor no.'
        : `"${cell.field.name}" has a list of values, and this is none of them. Say in the mapping what it stands for.`,
      done: isHandling ? 'taken for "restricted"' : `"${cell.field.name}" left empty`,
      when: isMissing(cell),
      value: shownText(cell),
    };
  });

function isMissing(cell: Cell) {
  const { text, value } = cell;
  if (cell.field.type === 'strings') {
    return sql`${text} IS NOT NULL AND cardinality(array_remove(${text}, '')) > coalesce(cardinality(${value}), 0)
      AND lower(${shownText(cell)}) NOT IN ('na', 'n/a', 'null', 'none', '-')`;
  }
  return sql`${text} IS NOT NULL AND ${value} IS NULL AND NOT ${isAbsent(cell)}`;
}
