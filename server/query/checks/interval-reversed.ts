import { sql } from '../sql.ts';
import { isDeletion, pointerOf, type RecordCheck } from './check.ts';

/** A validity ends after it began. */
export const intervalReversed: RecordCheck = (checking) => {
  const to = checking.cells.find(({ field }) => field.name === 'valid_to');
  if (!to || checking.layer.time === null || isDeletion(checking)) return [];
  return [
    {
      code: 'interval-reversed',
      severity: 'error',
      pointer: pointerOf(to),
      detail: 'The record ends before it begins.',
      done: null,
      when: sql`starts >= ends`,
      value: sql`concat(to_char(starts, 'YYYY-MM-DD'), ' to ', ${to.text})`,
    },
  ];
};
