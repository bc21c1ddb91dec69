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
    const [from, to] = way === 'undo' ? [this.#past, this.#future] : [this.#future, this.#past];
    if (from.at(-1) !== step) return;
    from.pop();
    to.push(step);
  }
}
