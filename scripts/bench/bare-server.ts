/**
 * The least that Node can do: files in memory, sent as they are, by two processes. What our server could reach at best.
 *
 *   node --import ts-blank-space/register scripts/bench/bare-server.ts FOLDER PORT WORKERS
 */
import cluster from 'node:cluster';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const [folder = '', port = '0', workers = '1'] = process.argv.slice(2);

function serve(): void {
  const files = new Map([['/ready', Buffer.alloc(0)]]);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files.set(`/${path.relative(folder, file).replace(/\.gz$/, '')}`, readFileSync(file));
  }
  createServer((request, response) => {
    const body = files.get(request.url as string);
    const headers = ['Content-Type', 'application/vnd.mapbox-vector-tile', 'Content-Encoding', 'gzip'];
    response.writeHead(body ? 200 : 404, [...headers, 'Content-Length', String(body?.length ?? 0)]);
    response.end(body);
  }).listen(Number(port), '127.0.0.1');
}

if (cluster.isPrimary) for (let worker = 0; worker < Number(workers); worker++) cluster.fork();
else serve();
