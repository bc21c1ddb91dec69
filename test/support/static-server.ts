import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface StaticServer {
  /** Of the folder: the server has nothing else. */
  readonly url: string;
  /** Every answer in order: `206 tiles/records.pmtiles`. */
  readonly answers: readonly string[];
  close(): Promise<void>;
}

/** The least that a static server does: files of a folder under a path, whole or, unless it knows none, one range of them. */
export async function serveFolder(folder: string, prefix: string, knowsRanges = true): Promise<StaticServer> {
  const answers: string[] = [];
  const answer = ({ url = '', headers }: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(url, 'http://localhost');
    const name = pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length + 1) || 'index.html' : '';
    const file = path.join(folder, path.normalize(`/${name}`));
    const found = statSync(file, { throwIfNoEntry: false });
    if (name === '' || !found?.isFile()) {
      answers.push(`404 ${name || pathname}`);
      response.writeHead(404).end();
      return;
    }
    const range = knowsRanges ? /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') : null;
    const [start, end] = [Number(range?.[1] ?? 0), Math.min(Number(range?.[2] || found.size), found.size - 1)];
    answers.push(`${range ? 206 : 200} ${name}`);
    response.writeHead(range ? 206 : 200, {
      'Content-Type': TYPES[path.extname(name)] ?? 'application/octet-stream',
      'Content-Length': end - start + 1,
      'Accept-Ranges': knowsRanges ? 'bytes' : 'none',
      ETag: `"${found.size}-${found.mtimeMs}"`,
      ...(range && { 'Content-Range': `bytes ${start}-${end}/${found.size}` }),
    });
    createReadStream(file, { start, end }).pipe(response);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    answers,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
