import type { InsideRow } from '../../query/analysis/control-stretches.ts';
import { type Stretch, toStretches } from '../control-stretches.ts';

/** A stretch of the line through an area of control, and when that was so: milliseconds, half-open; infinite where open. */
export interface Claim extends InsideRow {
  readonly begins: number;
  readonly ends: number;
}

/** What the records along a line say that hold at an instant (milliseconds), or that held just before it. */
export function stretchesAt(
  claims: readonly Claim[],
  instant: number,
  lengthM: number,
  isJustBefore = false,
): readonly Stretch[] {
  const holds = ({ begins, ends }: Claim) =>
    isJustBefore ? begins < instant && instant <= ends : begins <= instant && instant < ends;
  return toStretches(claims.filter(holds), lengthM);
}
