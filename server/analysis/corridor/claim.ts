import type { InsideRow } from '../../query/analysis/control-stretches.ts';
import { type Stretch, toStretches } from '../control-stretches.ts';

/** A stretch of the line through an area of control, and when that was so: milliseconds, half-open; infinite where open. */
export interface Claim extends InsideRow {
  readonly begins: number;
  readonly ends: number;
}

/** Pieces of areas and of lines that are nearer than this to one another touch. */
const TOUCHING_M = 0.01;

/** Puts the stretches of each area together that touch or overlap: of thousands, as they are cut, come some dozens. */
export function joinClaims(claims: readonly Claim[]): Claim[] {
  const found: Claim[] = [];
  const sorted = claims.toSorted((a, b) => a.from_m - b.from_m);
  const last = new Map<string, { -readonly [Key in keyof Claim]: Claim[Key] }>();
  for (const claim of sorted) {
    const area = `${claim.collection}:${claim.item}`;
    const before = last.get(area);
    if (before && claim.from_m <= before.to_m + TOUCHING_M) {
      before.to_m = Math.max(before.to_m, claim.to_m);
      continue;
    }
    const own = { ...claim };
    last.set(area, own);
    found.push(own);
  }
  return found;
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
