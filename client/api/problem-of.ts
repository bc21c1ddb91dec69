import { ApiError } from '../api.ts';

/** Why something could not be done. */
export interface Problem {
  /** HTTP; 0: nobody answered; below 0: it is not the server that says so. */
  readonly status: number;
  /** In English, as the server speaks. */
  readonly detail: string;
}

/** Of what was thrown. */
export function problemOf(cause: unknown): Problem {
  const status = cause instanceof ApiError ? cause.status : -1;
  return { status, detail: cause instanceof Error ? cause.message : String(cause) };
}
