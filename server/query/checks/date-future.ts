import { sql } from '../sql.ts';
import { isDeletion, pointerOf, type RecordCheck } from './check.ts';

/** What is recorded has begun. */
export const dateFuture: RecordCheck = (checking) => {
  const from = checking.cells.find(({ field }) => field.name === 'valid_from');
  if (!from || checking.layer.time === null || isDeletion(checking)) return [];
  return [
    {
      code: 'date-future',
      severity: 'warning',
      pointer: pointerOf(from),
      detail: `The date is after ${checking.today}. Look whether day, month and year are in the right order.`,
      done: null,
      when: sql`${from.value} > ${checking.today}::date`,
      value: from.text,
    },
  ];
};
