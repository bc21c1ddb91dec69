import pg from 'pg';
import type { Copying, OpenCopy } from '../query/copy.ts';
import type { Query } from '../query/sql.ts';
import type { Connection } from './database.ts';
import { toCause } from './errors.ts';

/** What of a connection of `pg` a copying uses, beside its types. */
interface Wire {
  query(text: string): void;
  sendCopyFail(message: string): void;
  endCopyFrom(): void;
  readonly stream: { write(bytes: Uint8Array): boolean; once(event: 'drain', listener: () => void): void };
}

/** Sent in pieces of this size: fewer are slower, more gain nothing. */
const PIECE_BYTES = 256 * 1024;
const COPY_DATA = 'd'.charCodeAt(0);
/** Type of the message and its length. */
const HEADER_BYTES = 5;

/** Opens copyings, each on a connection of its own which it closes. @throws DatabaseUnavailable */
export function openCopies(connection: Connection): OpenCopy {
  return async (before, statement) => {
    const client = new pg.Client({
      ...connection,
      options: '-c timezone=UTC -c statement_timeout=0 -c client_connection_check_interval=500',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: 'azalai copy',
    } as pg.ClientConfig);
    // One that dies reports to its statement; unheard, the event would end the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('BEGIN');
      await runAll(client, before);
      return await begin(client, statement);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw toCause(error);
    }
  };
}

async function runAll(client: pg.Client, queries: readonly Query[]): Promise<void> {
  for (const query of queries) await client.query({ ...query, values: [...query.values] });
}

/** COPY as `pg` takes statements of others: https://www.postgresql.org/docs/15/protocol-flow.html#PROTOCOL-COPY */
class CopyIn {
  readonly text: string;
  wire: Wire | undefined;
  /** Why it has ended before its end. */
  failure: unknown;
  rows = 0;
  readonly started: Promise<void>;
  readonly over: Promise<void>;
  #start: () => void = () => undefined;
  #end: () => void = () => undefined;
  #refuse: (error: unknown) => void = () => undefined;

  constructor(text: string) {
    this.text = text;
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.started = new Promise((resolve, reject) => {
      this.#start = resolve;
      this.#refuse = reject;
    });
  }

  submit(wire: Wire): void {
    this.wire = wire;
    wire.query(this.text);
  }

  handleCopyInResponse(): void {
    this.#start();
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.rows = Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0);
  }

  handleReadyForQuery(): void {
    this.#end();
  }

  /** The statement has failed, or the connection is lost: of the latter no "ready" will come. */
  handleError(error: unknown): void {
    this.failure ??= error;
    this.#refuse(error);
    this.#end();
  }
}

async function begin(client: pg.Client, { text }: Query): Promise<Copying> {
  const copy = new CopyIn(text);
  client.query(copy as unknown as pg.Submittable);
  await copy.started;
  const wire = copy.wire as Wire;
  let piece = Buffer.allocUnsafe(PIECE_BYTES);
  let filled = HEADER_BYTES;

  const check = () => {
    if (copy.failure) throw toCause(copy.failure);
  };
  const send = (): boolean => {
    if (filled === HEADER_BYTES) return true;
    piece[0] = COPY_DATA;
    piece.writeUInt32BE(filled - 1, 1);
    const hasRoom = wire.stream.write(piece.subarray(0, filled));
    // The stream keeps it until it is sent.
    piece = Buffer.allocUnsafe(PIECE_BYTES);
    filled = HEADER_BYTES;
    return hasRoom;
  };
  /** A connection that is lost never drains. */
  const drained = () =>
    Promise.race([new Promise<void>((resolve) => wire.stream.once('drain', resolve)), copy.over]).then(check);

  const putBytes = (bytes: Uint8Array): boolean => {
    let hasRoom = true;
    for (let at = 0; at < bytes.length; ) {
      const next = bytes.subarray(at, at + PIECE_BYTES - filled);
      piece.set(next, filled);
      filled += next.length;
      at += next.length;
      if (filled === PIECE_BYTES) hasRoom = send();
    }
    return hasRoom;
  };
  const put = (text: string): boolean => {
    // The most that UTF-8 takes for a unit of UTF-16.
    const most = 3 * text.length;
    let hasRoom = true;
    if (most > PIECE_BYTES - filled) {
      hasRoom = send();
      if (most > PIECE_BYTES - HEADER_BYTES) return putBytes(Buffer.from(text)) && hasRoom;
    }
    filled += piece.write(text, filled);
    return hasRoom;
  };

  return {
    write: (text) => {
      check();
      return (typeof text === 'string' ? put(text) : putBytes(text)) ? undefined : drained();
    },
    finish: async (after) => {
      try {
        check();
        send();
        wire.endCopyFrom();
        await copy.over;
        check();
        await runAll(client, after);
        const { command } = await client.query('COMMIT');
        if (command !== 'COMMIT')
          throw new Error('A statement of the copying failed, and its error was not passed on.');
        return copy.rows;
      } catch (error) {
        throw toCause(error);
      } finally {
        await client.end().catch(() => undefined);
      }
    },
    abandon: async () => {
      // Closing the connection is what rolls back; PostgreSQL need not read what is under way.
      await client.end().catch(() => undefined);
    },
  };
}
