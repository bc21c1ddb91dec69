import { ChangeRefused, type Fault } from '../api/changes.ts';
import { type Problem, problemOf } from '../api/problem-of.ts';
import { forgetToken } from '../token.ts';

/** Why a correction or other settings were not taken. */
export interface ChangeProblem extends Problem {
  /** At which fields it says so. */
  readonly faults: readonly Fault[];
}

/** Of what was thrown. A token that the server does not know is forgotten. */
export function toChangeProblem(cause: unknown): ChangeProblem {
  const said = problemOf(cause);
  if (said.status === 401) forgetToken();
  return { ...said, faults: cause instanceof ChangeRefused ? cause.faults : [] };
}
