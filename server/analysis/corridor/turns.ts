import { setImmediate } from 'node:timers/promises';

/** Milliseconds that one question may compute before others get their turn: tiles are read by the same process. */
const SLICE_MS = 2;

/** Who computes now, one behind the other: of many questions at once a reader of tiles would wait for a slice of each. */
let last: Promise<void> = Promise.resolve();

/** Lets others have their turn, once the slice is used up. */
export type Pause = () => Promise<void> | undefined;

/** Computes while no other question does, in slices between which the process answers others. */
export async function inTurns<Result>(compute: (pause: Pause) => Promise<Result>): Promise<Result> {
  const before = last;
  let leave: () => void = () => undefined;
  last = new Promise((resolve) => {
    leave = resolve;
  });
  await before;
  let began = performance.now();
  const pause: Pause = () => {
    if (performance.now() - began < SLICE_MS) return undefined;
    // Twice: what has come in meanwhile is answered between the two.
    return setImmediate()
      .then(() => setImmediate())
      .then(() => {
        began = performance.now();
      });
  };
  try {
    return await compute(pause);
  } finally {
    leave();
  }
}
