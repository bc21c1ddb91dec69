import { signal } from '@preact/signals';
import { type Problem, problemOf } from '../api/problem-of.ts';
import { forgetToken } from '../token.ts';

/** What the server said against what was last tried. */
export const problem = signal<Problem | null>(null);

/** Says why something was refused; what was given up says nothing. A token that the server does not know is forgotten. */
export function fail(cause: unknown): void {
  if (cause instanceof DOMException && cause.name === 'AbortError') return;
  const said = problemOf(cause);
  if (said.status === 401) forgetToken();
  problem.value = said;
}

/** Runs what may be refused, and says why it was. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  problem.value = null;
  try {
    await work();
    return true;
  } catch (cause) {
    fail(cause);
    return false;
  }
}
