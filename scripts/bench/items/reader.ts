import { connect, type Socket } from 'node:net';

/** As much as a read of the socket takes at once. */
const READ_BYTES = 262_144;
const END_OF_HEAD = '\r\n\r\n';

/** Who asks for pages, one after the other, over a connection that stays open. */
export interface Reader {
  /** The body of a 200 with a Content-Length. Rejects for any other answer. */
  get(path: string): Promise<Buffer>;
  close(): void;
}

/**
 * A client that takes no more time than `pg` does on the side that is compared with: it reads into one buffer, always the
 * same, and from there into one for the body. Node's own makes a buffer for every read, and clearing those away takes it
 * half as long as the server takes over the page (measured: 1.9 ms for 570 kB, instead of 0.6).
 */
export function openReader(url: string): Reader {
  const { hostname, port, host } = new URL(url);
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  let socket: Socket | undefined;
  let waiting: { resolve(body: Buffer): void; reject(error: Error): void } | undefined;
  let head = '';
  let body: Buffer | undefined;
  let at = 0;

  function begin(count: number): number {
    head += buffer.toString('latin1', 0, count);
    const end = head.indexOf(END_OF_HEAD);
    if (end < 0) return count;
    const length = /\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1];
    if (!head.startsWith('HTTP/1.1 200 ') || length === undefined) {
      socket?.destroy(new Error(`Not a page: ${head.slice(0, 500)}`));
      return count;
    }
    const start = count - (head.length - end - END_OF_HEAD.length);
    body = Buffer.allocUnsafe(Number(length));
    [head, at] = ['', 0];
    return start;
  }

  function take(count: number): boolean {
    const start = body === undefined ? begin(count) : 0;
    if (body === undefined) return true;
    at += buffer.copy(body, at, start, count);
    if (at < body.length) return true;
    const [whole, asked] = [body, waiting];
    body = undefined;
    waiting = undefined;
    asked?.resolve(whole);
    return true;
  }

  function open(): Socket {
    const opened = connect({ host: hostname, port: Number(port), noDelay: true, onread: { buffer, callback: take } });
    let cause: Error | undefined;
    opened.on('error', (error) => {
      cause = error;
    });
    // The server closes what was idle for some seconds; the next page has a new one.
    opened.on('close', () => {
      if (socket === opened) socket = undefined;
      waiting?.reject(cause ?? new Error('The server closed the connection.'));
      waiting = undefined;
      [head, body] = ['', undefined];
    });
    return opened;
  }

  return {
    get: (path) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket ??= open();
        socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: identity\r\n\r\n`);
      }),
    close: () => socket?.destroy(),
  };
}
