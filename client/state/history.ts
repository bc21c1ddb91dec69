/** Steps done and taken back, the newest last. Pure but for its own lists. */

/** More are forgotten, the oldest first. */
export const MOST_STEPS = 100;

export interface Step {
  /** Parts of the address that changed, or a text. */
  readonly about: readonly string[] | (() => string);
  undo(): Promise<void> | void;
  redo(): Promise<void> | void;
}

export class History {
  #past: Step[] = [];
  #future: Step[] = [];

  /** What can be taken back next, and what can be done again. */
  state(): { readonly undo: Step | null; readonly redo: Step | null } {
    return { undo: this.#past.at(-1) ?? null, redo: this.#future.at(-1) ?? null };
  }

  /** A new step: what was taken back before it cannot be done again. */
  push(step: Step): void {
    this.#past = [...this.#past, step].slice(-MOST_STEPS);
    this.#future = [];
  }

  next(way: 'undo' | 'redo'): Step | null {
    return this.state()[way];
  }

  /** The step has gone that way: from one list to the other. One that is there no more stays away. */
  passed(way: 'undo' | 'redo', step: Step): void {
    if (this.#remove(way, step)) (way === 'undo' ? this.#future : this.#past).push(step);
  }

  /** Forgets a step that cannot go that way any more, so that those behind it can. */
  drop(way: 'undo' | 'redo', step: Step): void {
    this.#remove(way, step);
  }

  /** Wherever it lies: others may have come upon it while it was on its way. */
  #remove(way: 'undo' | 'redo', step: Step): boolean {
    const from = way === 'undo' ? this.#past : this.#future;
    const at = from.lastIndexOf(step);
    if (at >= 0) from.splice(at, 1);
    return at >= 0;
  }
}
