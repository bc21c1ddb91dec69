import type { Query } from './sql.ts';

/** Rows on their way into a table, as the text format of COPY has them. */
export interface Copying {
  /**
   * Takes whole lines or pieces of lines; bytes are those of UTF-8. A promise when the database has enough for now: wait for it before the next.
   * Throws, or rejects, when the copying has failed.
   */
  write(text: string | Uint8Array): Promise<void> | undefined;
  /** Sends what is left, runs `after`, and commits. How many rows there are. */
  finish(after: readonly Query[]): Promise<number>;
  /** Undoes everything; never throws. May be called after `finish`. */
  abandon(): Promise<void>;
}

/**
 * Begins a transaction on a connection of its own, runs `before`, and copies by `statement`. `server/db` provides it.
 * A table that is made in the same transaction is not written twice (once to the log, once to the disk).
 */
export type OpenCopy = (before: readonly Query[], statement: Query) => Promise<Copying>;
