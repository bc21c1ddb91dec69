import { DatabaseUnavailable, QueryTimeout } from '../core/errors.ts';

const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/** The SQLSTATE classes that mean "not now": connection exceptions, resources, an operator stopping the server. */
const NOT_NOW = /^(08|53|57P)/;

/**
 * Names the cause of what `pg` threw; an error that is a fault of ours comes back as it was.
 * https://www.postgresql.org/docs/15/errcodes-appendix.html
 */
export function toCause(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === '57014')
    return new QueryTimeout('The question took longer than the server allows: narrow it and ask again.');
  const isGone =
    /terminated unexpectedly|timeout exceeded when trying to connect|client has encountered a connection error/i;
  if (UNREACHABLE.has(code) || NOT_NOW.test(code) || isGone.test(error.message)) {
    return new DatabaseUnavailable('The database cannot be reached now: try again in a moment.');
  }
  return error;
}
