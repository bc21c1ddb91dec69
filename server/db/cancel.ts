import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** What `pg` has for its own cancelling, beside its types. */
interface Wire {
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
  on(event: 'connect' | 'sslconnect' | 'error' | 'end', listener: () => void): void;
  readonly stream: { destroy(): void };
}

/** Where a client is connected to, and the key that it was given to cancel its queries. */
interface Target {
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean | object;
  readonly sslNegotiation: string;
  readonly processID: number;
  readonly secretKey: number;
}

/** A cancel request that is not through by then is in doubt. */
const LIMIT_MS = 2_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;

/** A query under way. */
export interface Running {
  isRunning(): boolean;
  /** Resolves when it is over, however it ends. */
  readonly over: Promise<unknown>;
}

/**
 * Asks PostgreSQL to cancel what the client runs, again and again until it is over: a request that overtakes its query
 * (each has a socket of its own) finds nothing to cancel and is forgotten. Resolves true when the query is over and no
 * request is on its way; false when a request is in doubt, and may yet hit whatever the connection runs next.
 *
 * PostgreSQL closes the socket of a request after it has signalled the backend, and a backend takes a signal before
 * any byte that arrives later: https://www.postgresql.org/docs/15/protocol-flow.html#id-1.10.5.7.11
 */
export async function cancel(client: pg.ClientBase, query: Running): Promise<boolean> {
  for (let pause = FIRST_PAUSE_MS; query.isRunning(); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    if (!(await requestCancel(client as unknown as Target, query))) return false;
    await Promise.race([query.over, delay(pause, undefined, { ref: false })]);
  }
  return true;
}

/** Sends one request; true when PostgreSQL has dealt with it, or none was sent because the query is over. */
function requestCancel(target: Target, query: Running): Promise<boolean> {
  const ssl = target.ssl && { ssl: target.ssl, sslNegotiation: target.sslNegotiation };
  const wire = new pg.Connection({ ...ssl } as pg.ConnectionConfig) as unknown as Wire;
  return new Promise((resolve) => {
    let state: 'connecting' | 'sent' | 'not needed' | 'failed' = 'connecting';
    const fail = () => {
      state = 'failed';
      wire.stream.destroy();
    };
    const send = () => {
      if (query.isRunning()) {
        state = 'sent';
        wire.cancel(target.processID, target.secretKey);
      } else {
        state = 'not needed';
        wire.stream.destroy();
      }
    };
    const limit = setTimeout(fail, LIMIT_MS);
    wire.on('connect', () => {
      if (!target.ssl) send();
      else if (target.sslNegotiation !== 'direct') wire.requestSsl();
    });
    wire.on('sslconnect', send);
    wire.on('error', fail);
    wire.on('end', () => {
      clearTimeout(limit);
      resolve(state === 'sent' || state === 'not needed');
    });
    // As in pg: a host that is a path is the folder of the socket.
    if (target.host.startsWith('/')) wire.connect(`${target.host}/.s.PGSQL.${target.port}`);
    else wire.connect(target.port, target.host);
  });
}
