import { sql } from '../sql.ts';
import { isAbsent } from '../staging/values.ts';
import { pointerOf, type RecordCheck } from './check.ts';

/** What is to be a number is one. */
export const numberInvalid: RecordCheck = ({ cells }) =>
  cells
    .filter(({ field }) => field.type === 'integer' || field.type === 'number')
    .map((cell) => ({
      code: 'number-invalid',
      severity: 'warning',
      pointer: pointerOf(cell),
      detail: `This is no ${cell.field.type === 'integer' ? 'whole number' : 'number'}, and "${cell.field.name}" takes nothing else.`,
      done: `"${cell.field.name}" left empty`,
      when: sql`${cell.text} IS NOT NULL AND ${cell.value} IS NULL AND NOT ${isAbsent(cell)}`,
      value: cell.text,
    }));
