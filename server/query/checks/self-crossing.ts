import { sql } from '../sql.ts';
import { isDeletion, isOn, type RecordCheck } from './check.ts';

/** Outlines that cross themselves, and what else makes a line or an area invalid. Mended by its structure. */
export const selfCrossing: RecordCheck = (checking) => {
  if (checking.layer.geometry === 'point' || isDeletion(checking)) return [];
  const common = { code: 'self-crossing', pointer: '/geometry', value: sql`reason` };
  const off = {
    ...common,
    severity: 'error' as const,
    detail: 'The outline crosses itself. Switch the repair on, or mend it and send it again.',
    done: null,
    when: sql`is_kind AND reason IS NOT NULL`,
  };
  if (!isOn(checking, 'self-crossing')) return [off];
  return [
    {
      ...common,
      severity: 'note',
      detail: 'The outline crosses itself: it was cut where it does. Look whether the shape is what was meant.',
      done: 'mended by its structure',
      isRepair: true,
      when: sql`is_kind AND reason IS NOT NULL AND is_mended`,
    },
    {
      ...common,
      severity: 'error',
      detail: 'The shape is not valid, and mending it would leave nothing of its kind. Draw it again.',
      done: null,
      when: sql`is_kind AND reason IS NOT NULL AND NOT is_mended`,
    },
  ];
};
