import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Connection } from '../../server/db/database.ts';

/** The first packet of a cancel request: its length and its code. */
const CANCEL = Buffer.from([0, 0, 0, 16, 4, 210, 22, 46]);

/** What happens to cancel requests: they pass, pass when `open()` is called, or vanish without an answer. */
type Treatment = 'pass' | 'hold' | 'swallow';

export interface DatabaseProxy {
  readonly connection: Connection;
  /** Number of cancel requests that came. */
  cancels(): number;
  treat(treatment: Treatment): void;
  /** Lets the cancel requests go that are held. */
  open(): void;
  close(): Promise<void>;
}

/** The cluster of the run by TCP, on a port of 127.0.0.1, with a hand on its cancel requests. */
export async function openProxy(url: string, database: string): Promise<DatabaseProxy> {
  const parameters = new URLSearchParams(url.slice(url.indexOf('?')));
  const socket = `${parameters.get('host')}/.s.PGSQL.${parameters.get('port')}`;
  const user = /^postgresql:\/\/(\w+)@/.exec(url)?.[1] ?? '';
  let treatment: Treatment = 'pass';
  let cancels = 0;
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];

  const server = createServer((near) => {
    sockets.add(near);
    near.on('error', () => {});
    near.once('data', (first) => {
      const isCancel = first.subarray(0, 8).equals(CANCEL);
      if (isCancel) cancels += 1;
      if (isCancel && treatment === 'swallow') return;
      const pass = () => {
        const far = connect(socket);
        sockets.add(far);
        far.on('error', () => near.destroy());
        near.on('close', () => far.destroy());
        far.write(first);
        near.pipe(far).pipe(near);
      };
      if (isCancel && treatment === 'hold') held.push(pass);
      else pass();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    connection: { host: '127.0.0.1', port: (server.address() as AddressInfo).port, user, database },
    cancels: () => cancels,
    treat: (next) => {
      treatment = next;
    },
    open: () => {
      for (const pass of held.splice(0)) pass();
    },
    close: async () => {
      for (const each of sockets) each.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
