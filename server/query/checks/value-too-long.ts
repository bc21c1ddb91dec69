import { sql } from '../sql.ts';
import { isLonger, longest, lookupOf } from '../staging/values.ts';
import { pointerOf, type RecordCheck } from './check.ts';

/** Texts have an end. */
export const valueTooLong: RecordCheck = ({ cells }) =>
  cells
    .filter((cell) => cell.field.type === 'string' && lookupOf(cell) === null && 'column' in cell.source)
    .map((cell) => ({
      code: 'value-too-long',
      severity: 'warning',
      pointer: pointerOf(cell),
      detail: `"${cell.field.name}" takes ${longest(cell.field)} characters.`,
      done: 'cut',
      isRepair: true,
      when: isLonger(cell.text, longest(cell.field)),
      value: sql`left(${cell.text}, 100)`,
    }));
