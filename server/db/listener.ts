import pg from 'pg';
import type { Run } from '../query/sql.ts';
import type { Connection } from './database.ts';
import { toCause } from './errors.ts';

/** A connection that hears what PostgreSQL announces on a channel. */
export interface Listener {
  /** Whether it would hear an announcement now, as far as anyone can know. */
  isUp(): boolean;
  /** On this same connection, so that no lane has to have room. */
  readonly run: Run;
  close(): Promise<void>;
}

export interface ListenerEvents {
  /** The connection is up: what was announced before was not heard. */
  readonly onUp: () => void;
  /** With what was announced, which may be empty. */
  readonly onNotification: (payload: string) => void;
  readonly onDown: (error: unknown) => void;
}

const RETRY_MS = 250;
/** A connection can be gone without a word (a pulled cable): it is asked this often, and may take `SILENCE_MS`. */
const HEARTBEAT_MS = 1_000;
const SILENCE_MS = 2_000;

// A count comes as bigint; here as in the lanes it is a number.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** Listens until it is closed; a lost connection is made again. `channel` is a name of ours, never from a request. */
export function openListener(connection: Connection, channel: string, events: ListenerEvents): Listener {
  let up: pg.Client | undefined;
  let trying: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let asked: number | undefined;
  let closed = false;

  function lost(client: pg.Client, error: unknown): void {
    if (closed || (client !== up && client !== trying)) return;
    up = undefined;
    trying = undefined;
    asked = undefined;
    void client.end().catch(() => undefined);
    retry = setTimeout(() => void connect(), RETRY_MS);
    events.onDown(toCause(error));
  }

  async function connect(): Promise<void> {
    const settings = { ...connection, types, connectionTimeoutMillis: 5_000, application_name: 'azalai listen' };
    const client = new pg.Client(settings as pg.ClientConfig);
    trying = client;
    client.on('error', (error) => lost(client, error));
    client.on('end', () => lost(client, new Error('Connection terminated unexpectedly')));
    client.on('notification', ({ payload = '' }) => events.onNotification(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      lost(client, error);
      return;
    }
    if (client !== trying) return;
    trying = undefined;
    up = client;
    events.onUp();
  }

  const heartbeat = setInterval(() => {
    const client = up;
    if (!client) return;
    if (asked !== undefined) {
      if (Date.now() - asked > SILENCE_MS) lost(client, new Error('timeout exceeded when trying to connect'));
      return;
    }
    asked = Date.now();
    client.query('SELECT 1').then(
      () => {
        if (client === up) asked = undefined;
      },
      (error: unknown) => lost(client, error),
    );
  }, HEARTBEAT_MS);
  heartbeat.unref();

  void connect();
  return {
    isUp: () => up !== undefined,
    run: async <Row>(query: Parameters<Run>[0]) => {
      if (!up) throw toCause(new Error('Connection terminated unexpectedly'));
      try {
        return (await up.query({ text: query.text, values: [...query.values] })).rows as Row[];
      } catch (error) {
        throw toCause(error);
      }
    },
    close: async () => {
      closed = true;
      clearTimeout(retry);
      clearInterval(heartbeat);
      await (up ?? trying)?.end().catch(() => undefined);
    },
  };
}
