import { sql } from '../sql.ts';
import { isAbsent } from '../staging/values.ts';
import { isDeletion, pointerOf, type RecordCheck, type Rule } from './check.ts';

const FORM = 'Expected such as 2022-03-04, 2022-03 or 2022.';

/** Dates are days of the calendar. A layer with time cannot do without those of the validity. */
export const dateInvalid: RecordCheck = (checking) => {
  const { cells, layer } = checking;
  const invalid = cells
    .filter(({ field }) => ['date', 'datetime'].includes(field.type))
    .map((cell): Rule => {
      const isNeeded = layer.time !== null && cell.field.name.startsWith('valid_') && !isDeletion(checking);
      return {
        code: 'date-invalid',
        severity: isNeeded ? 'error' : 'warning',
        pointer: pointerOf(cell),
        detail: `This is no day of the calendar. ${FORM}`,
        done: isNeeded ? null : `"${cell.field.name}" left empty`,
        when: sql`${cell.text} IS NOT NULL AND ${cell.value} IS NULL AND NOT ${isAbsent(cell)}`,
        value: cell.text,
      };
    });
  const from = cells.find(({ field }) => field.name === 'valid_from');
  if (layer.time !== 'instant' || isDeletion(checking)) return invalid;
  return [
    ...invalid,
    {
      code: 'date-invalid',
      severity: 'error',
      pointer: from ? pointerOf(from) : null,
      detail: from
        ? `The record has no date, and every record of this layer has one. ${FORM}`
        : 'Every record of this layer has a date. Say in the mapping which column holds it ("valid_from").',
      done: null,
      when: from ? sql`(${from.text} IS NULL OR (${from.value} IS NULL AND ${isAbsent(from)}))` : sql`TRUE`,
      value: sql`NULL`,
    },
  ];
};
