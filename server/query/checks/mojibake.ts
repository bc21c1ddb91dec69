import { sql } from '../sql.ts';
import { isOn, pointerOf, type RecordCheck } from './check.ts';

/** Text that was read in a wrong encoding on its way: "TombouctouÃ©". */
export const mojibake: RecordCheck = (checking) =>
  checking.cells.flatMap((cell) => {
    if (!cell.mended) return [];
    const isMended = isOn(checking, 'mojibake');
    return {
      code: 'mojibake',
      severity: isMended ? ('note' as const) : ('warning' as const),
      pointer: pointerOf(cell),
      detail: isMended
        ? 'The text had gone through a wrong encoding: it was turned back.'
        : 'The text has gone through a wrong encoding. It can be turned back by the repair.',
      done: isMended ? 'turned back' : null,
      ...(isMended ? { isRepair: true as const } : {}),
      when: sql`${cell.mended} IS NOT NULL`,
      value: sql`left(${cell.text}, 50) || ' → ' || left(${cell.mended}, 50)`,
    };
  });
