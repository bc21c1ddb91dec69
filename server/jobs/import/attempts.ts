import type { Failure } from './failure.ts';

/**
 * What is begun so often without an end is given up: a file that ends the process which reads it, or PostgreSQL, would do
 * so again and again, and take all else down with it.
 */
export const MAX_ATTEMPTS = 3;

/** Said of a file that was begun `MAX_ATTEMPTS` times. */
export const GIVEN_UP: Failure = {
  code: 'attempts-exhausted',
  detail:
    `Reading and checking this file was begun ${MAX_ATTEMPTS} times, and each time the server, the process that reads it or the database ended before it was done; ` +
    'the log of the server may say why. Send it in parts or in another format, or try again when the server is at rest.',
};

/** The same of publishing it. */
export const NOT_PUBLISHED: Failure = {
  code: 'attempts-exhausted',
  detail:
    `Publishing this was begun ${MAX_ATTEMPTS} times, and each time the server or the database ended before it was done; nothing was published. ` +
    'The log of the server may say why. Publish it again when the server is at rest, or send the file in parts.',
};
