import pg from 'pg';
import { DatabaseFull, DatabaseUnavailable, QueryTimeout, QueryTooLarge, ShapeTooLarge } from '../core/errors.ts';

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  // A unix socket whose queue of new connections is full.
  'EAGAIN',
]);

/** The SQLSTATE classes that mean "not now": connection exceptions, resources, an operator stopping the server. */
const NOT_NOW = /^(08|53|57P)/;

/** What `pg` says without a code when a connection is lost, closed, or not made in time. */
const GONE =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|client was closed|after calling end on the pool/i;

/** What PostgreSQL says, and what GEOS says through it, when a process of theirs gets no more memory. */
const NO_MEMORY = /bad_alloc|^out of memory/i;

/** What PostGIS says of an edge whose ends lie opposite each other on the earth, and of a polygon over more than half of it. */
const TOO_FAR = /antipodal|area < 0/i;

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}

function isGone(error: Error): boolean {
  return UNREACHABLE.has(codeOf(error)) || NOT_NOW.test(codeOf(error)) || GONE.test(error.message);
}

/**
 * Names the cause of what `pg` threw; an error that is a fault of ours comes back as it was. What `pg` said stays as
 * the `cause`, for the log.
 * https://www.postgresql.org/docs/15/errcodes-appendix.html
 */
export function toCause(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  let named: Error | undefined;
  if (codeOf(error) === '57014') {
    named = new QueryTimeout('The question took longer than the server allows: narrow it and ask again.');
  } else if (codeOf(error) === '53100') {
    named = new DatabaseFull(
      'The disk of the database is full, and nothing was changed. Remove uploads that are no longer needed, or make room.',
    );
  } else if (error instanceof pg.DatabaseError && NO_MEMORY.test(error.message)) {
    named = new QueryTooLarge(
      'The database needs more memory for this than one query may take: a shape has too many vertices, or crosses itself too often. Split or simplify it.',
    );
  } else if (error instanceof pg.DatabaseError && TOO_FAR.test(error.message)) {
    named = new ShapeTooLarge(
      'A shape cannot be measured: an edge of it joins opposite points of the earth, or it covers half of the earth or more. Put positions in between, or make it smaller.',
    );
  } else if (isGone(error)) {
    named = new DatabaseUnavailable('The database cannot be reached now: try again in a moment.');
  }
  if (!named) return error;
  named.cause = error;
  return named;
}

/** Whether the connection of the failed query can serve others: PostgreSQL itself refused the query, and goes on. */
export function isFit(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !isGone(error);
}
