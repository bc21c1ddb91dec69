import { InvalidParameter } from '../../core/errors.ts';
import type { Stretch } from '../control-stretches.ts';
import type { Ground } from '../ground.ts';
import type { Window } from '../window.ts';
import { type Claim, stretchesAt } from './claim.ts';
import { inTurns } from './turns.ts';

/** A stretch on which, from an instant on, another is recorded than just before. */
export interface Change {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly fromKm: number;
  readonly toKm: number;
  readonly before: Ground;
  readonly after: Ground;
}

/** Instants times claims: each claim is looked at for every instant. */
const MAX_LOOKS = 10_000_000;

const isSame = (a: Ground, b: Ground) => a.state === b.state && a.actors.join('\n') === b.actors.join('\n');
const groundOf = ({ state, actors }: Ground): Ground => ({ state, actors });

/** Where two lists of stretches, each of which covers the whole line in its order, do not say the same. */
function differences(before: readonly Stretch[], after: readonly Stretch[], at: string): Change[] {
  const found: Change[] = [];
  let fromKm = 0;
  let [old, now] = [0, 0];
  for (let was = before[0], is = after[0]; was && is; was = before[old], is = after[now]) {
    const toKm = Math.min(was.to_km, is.to_km);
    const previous = found.at(-1);
    const goesOn = previous?.toKm === fromKm && isSame(previous.before, was) && isSame(previous.after, is);
    if (previous && goesOn && !isSame(was, is)) found[found.length - 1] = { ...previous, toKm };
    else if (toKm > fromKm && !isSame(was, is)) {
      found.push({ at, fromKm, toKm, before: groundOf(was), after: groundOf(is) });
    }
    if (was.to_km <= toKm) old++;
    if (is.to_km <= toKm) now++;
    fromKm = toKm;
  }
  return found;
}

/**
 * What changed on the line within a window, by time and along the line.
 * @throws InvalidParameter when that is too much to be looked at
 */
export async function changesOf(claims: readonly Claim[], { from, to }: Window, lengthM: number): Promise<Change[]> {
  const [first, last] = [from === null ? -Infinity : Date.parse(from), to === null ? Infinity : Date.parse(to)];
  const instants = [...new Set(claims.flatMap(({ begins, ends }) => [begins, ends]))]
    .filter((instant) => Number.isFinite(instant) && first < instant && instant < last)
    .sort((a, b) => a - b);
  if (instants.length * claims.length > MAX_LOOKS) {
    const detail = `Along the line ${claims.length} stretches of areas of control begin or end at ${instants.length} times: at most ${MAX_LOOKS.toLocaleString('en')} of one by the other are looked at. Narrow the window, or give fewer collections of control.`;
    throw new InvalidParameter([{ pointer: '/inputs/datetime', detail }]);
  }
  return inTurns(async (pause) => {
    const found: Change[] = [];
    let before = stretchesAt(claims, instants[0] ?? 0, lengthM, true);
    for (const instant of instants) {
      const after = stretchesAt(claims, instant, lengthM);
      found.push(...differences(before, after, new Date(instant).toISOString()));
      // Nothing begins or ends until the next instant: what holds from this one on holds just before that one.
      before = after;
      const paused = pause();
      if (paused) await paused;
    }
    return found;
  });
}
