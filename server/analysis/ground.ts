import { byCodeUnit } from '../core/by-code-unit.ts';

/** How ground is held. `overlap`: more than one actor is recorded there, and no record calls it contested. */
export const GROUND_STATES = ['held', 'contested', 'influence', 'overlap', 'not recorded'] as const;
export type GroundState = (typeof GROUND_STATES)[number];

/** Who is recorded on a piece of ground at an instant. */
export interface Ground {
  readonly state: GroundState;
  /** In the order of the alphabet (of code points); none: nobody is recorded. */
  readonly actors: readonly string[];
}

/** What one record of control says: its fields `actor` and `control` (holds, contested, influence; absent: holds). */
export interface Claimed {
  readonly actor: string | null;
  readonly control: string | null;
}

/** An actor that a record does not name. */
export const UNNAMED = 'not named';

/** What the records of control that cover a piece of ground say together. */
export function groundOf(claims: readonly Claimed[]): Ground {
  const actors = [...new Set(claims.map(({ actor }) => actor ?? UNNAMED))].sort(byCodeUnit);
  const has = (wanted: string) => claims.some(({ control }) => (control ?? 'holds') === wanted);
  if (claims.length === 0) return { state: 'not recorded', actors };
  if (has('contested')) return { state: 'contested', actors };
  if (actors.length > 1) return { state: 'overlap', actors };
  return { state: has('influence') && !has('holds') ? 'influence' : 'held', actors };
}
