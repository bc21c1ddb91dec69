import { spawn, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TileCoord } from '../../../server/core/tile.ts';
import { fetchOnce } from '../load/http.ts';
import { endChild, freePort, untilAnswering } from './process.ts';

export interface Nginx {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const PROGRAM = '/usr/sbin/nginx';

export function hasNginx(): boolean {
  return spawnSync(PROGRAM, ['-v'], { stdio: 'ignore' }).status === 0;
}

/** Its usual settings for files; nothing is logged, as nothing is for our tiles, and connections stay open. */
function configuration(folder: string, port: number, workers: number, location: string): string {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  return `
${process.getuid?.() === 0 ? 'user www-data;' : ''}
worker_processes ${workers};
daemon off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 512; }
http {
  ${temp.join('\n  ')}
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 65;
  keepalive_requests 100000000;
  types { application/vnd.mapbox-vector-tile mvt; }
  server {
    listen 127.0.0.1:${port};
    location = /ready { return 200; }
    ${location}
  }
}
`;
}

/** `location`: a block of its configuration that answers. Runs until `stop`. */
export async function startNginx(folder: string, workers: number, location: string): Promise<Nginx> {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const file = path.join(folder, 'nginx.conf');
  await writeFile(file, configuration(folder, port, workers, location));
  const child = spawn(PROGRAM, ['-e', 'stderr', '-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswering(`${url}/ready`, child);
  return { url, pid: child.pid as number, stop: () => endChild(child) };
}

/** Writes the tiles as another server gives them, gzipped, for `gzip_static`. */
export async function storeTiles(
  folder: string,
  tiles: readonly TileCoord[],
  urlOf: (tile: TileCoord) => string,
): Promise<void> {
  for (const tile of tiles) {
    const { z, x, y } = tile;
    const { body, encoding } = await fetchOnce(urlOf(tile));
    if (encoding !== 'gzip') throw new Error(`${urlOf(tile)} is not gzipped.`);
    await mkdir(path.join(folder, `${z}/${x}`), { recursive: true });
    await writeFile(path.join(folder, `${z}/${x}/${y}.mvt.gz`), body);
  }
}

export const FILES = (folder: string) => `location / { root ${folder}; gzip_static on; }`;
