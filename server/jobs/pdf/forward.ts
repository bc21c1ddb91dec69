import { Agent, type IncomingMessage, request } from 'node:http';
import type { BrowserContext, Route } from 'playwright-core';

/** Where this server listens, as seen from this machine. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

export interface Forwarded {
  /** Address of the server as its callers know it, without a final slash: the page is below it. */
  readonly base: string;
  readonly target: Target;
  /** The caller's own header, which goes along with every request of the page; undefined: none. */
  readonly authorization: string | undefined;
}

/** Of one answer: a tile or a script has less. */
const MOST_BYTES = 64_000_000;

/** They are about the connection, or about a body that is not what it was. */
const OWN = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date'];

/**
 * Answers all that a browser asks for from this server itself, over its own address of this machine: nothing that a page
 * asks for goes anywhere else, and the caller's token does not enter the browser.
 */
export async function forward(
  context: BrowserContext,
  { base, target, authorization }: Forwarded,
): Promise<() => void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 6 });
  const { host } = new URL(base);
  const handle = async (route: Route) => {
    const asked = route.request();
    const address = asked.url();
    if (asked.method() !== 'GET' || !address.startsWith(`${base}/`)) return route.abort('blockedbyclient');
    try {
      const path = address.slice(base.length).replace(/#.*/, '');
      const headers = {
        ...{ host, accept: asked.headers().accept ?? '*/*', 'accept-encoding': 'identity' },
        ...(authorization === undefined ? {} : { authorization }),
      };
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        request({ ...target, path, headers, agent }, resolve)
          .once('error', reject)
          .end();
      });
      const body = await whole(answer);
      await route.fulfill({ status: answer.statusCode ?? 502, headers: plain(answer), body });
    } catch {
      // The browser may have been closed meanwhile.
      await route.abort('failed').catch(() => undefined);
    }
  };
  await context.route('**/*', handle);
  return () => agent.destroy();
}

async function whole(answer: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of answer) {
    bytes += (piece as Buffer).length;
    if (bytes > MOST_BYTES) throw new RangeError('too large an answer for a page');
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces);
}

const plain = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || OWN.includes(name) ? [] : [[name, String(value)]],
    ),
  );
