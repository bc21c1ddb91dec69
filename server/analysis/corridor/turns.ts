import { setImmediate } from 'node:timers/promises';
import { RequestAborted } from '../../core/errors.ts';

/** Milliseconds that one question may compute before others get their turn. */
const SLICE_MS = 2;

/** Lets others have their turn, once the slice is used up. Rejects with RequestAborted when nobody waits for the answer any more. */
export type Pause = () => Promise<void> | undefined;

export interface TurnOptions {
  /** Of the question: when it is aborted, what computes stops at its next pause, and what waits for its turn never begins. */
  readonly signal?: AbortSignal;
  /**
   * `long`: what may compute for minutes, or holds much memory. One behind the other too, but short ones do not wait for it:
   * they get their slices between its own.
   */
  readonly kind?: 'short' | 'long';
}

/** Who computes now, one behind the other: of many questions at once each would wait for a slice of all others. */
const last = { short: Promise.resolve(), long: Promise.resolve() };

function check(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new RequestAborted('The question was given up.');
}

/**
 * Computes while no other question of its kind does, in slices between which the process answers others, and hears that the
 * caller has gone.
 * @throws RequestAborted
 */
export async function inTurns<Result>(
  compute: (pause: Pause) => Promise<Result>,
  { signal, kind = 'short' }: TurnOptions = {},
): Promise<Result> {
  const before = last[kind];
  let leave: () => void = () => undefined;
  last[kind] = new Promise((resolve) => {
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
        check(signal);
        began = performance.now();
      });
  };
  try {
    check(signal);
    return await compute(pause);
  } finally {
    leave();
  }
}

/** Runs rounds of a computation to their end, with pauses between them. */
export async function drain<Round, Found>(rounds: Generator<Round, Found, undefined>, pause: Pause): Promise<Found> {
  for (;;) {
    const round = rounds.next();
    if (round.done) return round.value;
    const paused = pause();
    if (paused) await paused;
  }
}
