import type { Ground } from '../ground.ts';
import type { Window } from '../window.ts';
import { type Claim, stretchesAt } from './claim.ts';

/** A stretch on which, from an instant on, another is recorded than just before. */
export interface Change {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly fromKm: number;
  readonly toKm: number;
  readonly before: Ground;
  readonly after: Ground;
}

const isSame = (a: Ground, b: Ground) => a.state === b.state && a.actors.join('\n') === b.actors.join('\n');

/** What changed on the line within a window, by time and along the line. */
export function changesOf(claims: readonly Claim[], { from, to }: Window, lengthM: number): Change[] {
  const [first, last] = [from === null ? -Infinity : Date.parse(from), to === null ? Infinity : Date.parse(to)];
  const instants = [...new Set(claims.flatMap(({ begins, ends }) => [begins, ends]))]
    .filter((instant) => Number.isFinite(instant) && first < instant && instant < last)
    .sort((a, b) => a - b);
  return instants.flatMap((instant) => {
    const before = stretchesAt(claims, instant, lengthM, true);
    const after = stretchesAt(claims, instant, lengthM);
    const ends = [...new Set([0, ...before.map((each) => each.to_km), ...after.map((each) => each.to_km)])].sort(
      (a, b) => a - b,
    );
    const found: Change[] = [];
    for (let index = 1; index < ends.length; index++) {
      const [fromKm, toKm] = [ends[index - 1] as number, ends[index] as number];
      const over = (stretches: typeof before) => stretches.find((each) => each.from_km <= fromKm && each.to_km >= toKm);
      const [was, is] = [over(before), over(after)];
      if (!was || !is || isSame(was, is)) continue;
      const previous = found.at(-1);
      const goesOn = previous?.toKm === fromKm && isSame(previous.before, was) && isSame(previous.after, is);
      if (previous && goesOn) found[found.length - 1] = { ...previous, toKm };
      else {
        const ground = ({ state, actors }: Ground): Ground => ({ state, actors });
        found.push({ at: new Date(instant).toISOString(), fromKm, toKm, before: ground(was), after: ground(is) });
      }
    }
    return found;
  });
}
