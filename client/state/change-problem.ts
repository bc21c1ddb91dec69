import { ChangeRefused, type Fault } from '../api/changes.ts';
import { ApiError } from '../api.ts';
import { forgetToken } from '../token.ts';

/** Why a correction or other settings were not taken. */
export interface ChangeProblem {
  readonly detail: string;
  /** HTTP; 0: nobody answered; below 0: it is not the server that says so. */
  readonly status: number;
  /** At which fields it says so. */
  readonly faults: readonly Fault[];
}

/** Of what was thrown. A token that the server does not know is forgotten. */
export function toChangeProblem(cause: unknown): ChangeProblem {
  const status = cause instanceof ApiError ? cause.status : -1;
  if (status === 401) forgetToken();
  return {
    ...{ detail: cause instanceof Error ? cause.message : String(cause), status },
    faults: cause instanceof ChangeRefused ? cause.faults : [],
  };
}
