import { AzalaiError, DatabaseUnavailable, LaneSaturated, RequestAborted } from '../../core/errors.ts';

/** Why an upload was not brought to its end, as its row tells it. */
export interface Failure {
  readonly code: string;
  readonly detail: string;
}

/** Whether the same may go well later: then nothing is said with the upload. */
export function isPassing(error: unknown): boolean {
  return error instanceof DatabaseUnavailable || error instanceof LaneSaturated || error instanceof RequestAborted;
}

/** The cause in words for a person, `unreadable-file` for its code; of a fault of ours no more than that it is one. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof AzalaiError)) {
    const detail =
      'This met a fault of the server, which its log tells of. Try again, or send the file in another format.';
    return { code: 'internal', detail };
  }
  return { code: error.name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase(), detail: error.message };
}
