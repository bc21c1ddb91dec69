import { areaOutside } from './checks/area-outside.ts';
import { categoryUnknown } from './checks/category-unknown.ts';
import type { RecordCheck, SetCheck } from './checks/check.ts';
import { dateFuture } from './checks/date-future.ts';
import { dateInvalid } from './checks/date-invalid.ts';
import { duplicateExact } from './checks/duplicate-exact.ts';
import { duplicateNear, nearKeys } from './checks/duplicate-near.ts';
import { idDuplicate } from './checks/id-duplicate.ts';
import { intervalReversed } from './checks/interval-reversed.ts';
import { misplaced } from './checks/misplaced.ts';
import { mojibake } from './checks/mojibake.ts';
import { notNewer } from './checks/not-newer.ts';
import { numberInvalid } from './checks/number-invalid.ts';
import { positionRange } from './checks/position-range.ts';
import { regionOutside } from './checks/region-outside.ts';
import { regionUnknown } from './checks/region-unknown.ts';
import { selfCrossing } from './checks/self-crossing.ts';
import { succession } from './checks/succession.ts';
import { valueTooLong } from './checks/value-too-long.ts';
import { wrongGeometry } from './checks/wrong-geometry.ts';

/** Looked at for each record while the table is filled; the order is that of a record's issues. */
export const RECORD_CHECKS: readonly RecordCheck[] = [
  positionRange,
  wrongGeometry,
  selfCrossing,
  dateInvalid,
  intervalReversed,
  dateFuture,
  categoryUnknown,
  numberInvalid,
  mojibake,
  valueTooLong,
];

/**
 * Run one after the other on the filled table: what is a copy of another record is not looked at again, and what was
 * flipped back stands where it belongs when near ones are looked for. `ahead` prepares a check, and writes nothing but
 * tables of its own: it may be done beside those that come before, and is done again when these have changed a record.
 */
export const SET_CHECKS: readonly { readonly step: string; readonly check: SetCheck; readonly ahead?: SetCheck }[] = [
  { step: 'duplicate-exact', check: duplicateExact },
  { step: 'id-duplicate', check: idDuplicate },
  { step: 'not-newer', check: notNewer },
  { step: 'succession', check: succession },
  { step: 'region-unknown', check: regionUnknown },
  { step: 'region-outside', check: regionOutside },
  { step: 'misplaced', check: misplaced },
  { step: 'area-outside', check: areaOutside },
  { step: 'duplicate-near', check: duplicateNear, ahead: nearKeys },
];
