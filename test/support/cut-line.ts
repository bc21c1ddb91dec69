import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to a server that can be cut: TCP on a port of 127.0.0.1. */
export interface CutLine {
  readonly url: string;
  /** Cuts whatever connection has sent so many bytes, this many times; after the last it stays cut, when that is said. */
  cutAfter(bytes: number, times: number, stays?: boolean): void;
  /** Ends that. */
  mend(): void;
  /** How often it was cut by `cutAfter`. */
  cuts(): number;
  close(): Promise<void>;
}

export async function openLine(target: string): Promise<CutLine> {
  const { port } = new URL(target);
  const sockets = new Set<Socket>();
  let [limit, left, cuts, stays, isCut] = [Number.POSITIVE_INFINITY, 0, 0, false, false];
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), '127.0.0.1');
    let sent = 0;
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.on('data', (chunk) => {
      sent += chunk.length;
      if (sent > limit && left > 0) {
        left -= 1;
        cuts += 1;
        isCut = stays && left === 0;
        // What came before is through; the server hears that the rest does not come.
        far.write(chunk, () => {
          near.resetAndDestroy();
          far.destroy();
          if (isCut) for (const socket of sockets) socket.destroy();
        });
        return;
      }
      if (!far.write(chunk)) {
        near.pause();
        far.once('drain', () => near.resume());
      }
    });
    far.pipe(near);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAfter: (bytes, times, isForGood = false) => {
      [limit, left, stays] = [bytes, times, isForGood];
    },
    mend: () => {
      isCut = false;
    },
    cuts: () => cuts,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
