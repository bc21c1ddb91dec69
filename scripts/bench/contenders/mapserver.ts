import { spawn, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { TileCoord } from '../../../server/core/tile.ts';
import type { Cluster } from '../../../server/db/cluster.ts';
import { CONCURRENCY } from '../contender.ts';
import { PLAIN_TABLES } from '../plain.ts';
import { startNginx } from './nginx.ts';
import { endChild } from './process.ts';

const PROGRAM = '/usr/bin/mapserv';
const TYPES = { points: 'POINT', areas: 'POLYGON', ways: 'LINE' } as const;
const KEYS = {
  points: 'kind,killed,injured,actor,target,place,event,summary',
  areas: 'actor,summary',
  ways: 'commodity,summary',
} as const;

export interface Mapserver {
  readonly pids: readonly number[];
  readonly urlOf: (tile: TileCoord) => string;
  stop(): Promise<void>;
}

/** Only where it is built with FastCGI, as Debian's is: a process for each request would say nothing about its tiles. */
export function hasMapserver(): boolean {
  const { stdout } = spawnSync(PROGRAM, ['-v'], { encoding: 'utf8' });
  return /SUPPORTS=FASTCGI/.test(stdout ?? '') && /INPUT=POSTGIS/.test(stdout ?? '');
}

function mapfile({ host, port, user, database }: Cluster['connection']): string {
  const layers = PLAIN_TABLES.map(
    (name) => `LAYER
    NAME "${name}" TYPE ${TYPES[name]} STATUS ON
    CONNECTIONTYPE POSTGIS CONNECTION "host=${host} port=${port} user=${user} dbname=${database}"
    DATA "geom_3857 FROM bench.${name} USING UNIQUE fid USING SRID=3857"
    PROCESSING "CLOSE_CONNECTION=DEFER"
    PROJECTION "init=epsg:3857" END
    METADATA "gml_include_items" "${KEYS[name]}" END
  END`,
  );
  return `MAP
  NAME "bench" SIZE 256 256 EXTENT -20037508 -20037508 20037508 20037508 UNITS METERS
  PROJECTION "init=epsg:3857" END
  WEB METADATA "tile_map_edge_buffer" "64" END END
  OUTPUTFORMAT
    NAME "mvt" DRIVER MVT MIMETYPE "application/vnd.mapbox-vector-tile" EXTENSION "mvt"
    FORMATOPTION "EXTENT=4096" FORMATOPTION "EDGE_BUFFER=64"
  END
  IMAGETYPE "mvt"
  ${layers.join('\n  ')}
END
`;
}

/** Long-lived `mapserv` processes, one for each request at a time, behind nginx. */
export async function startMapserver(folder: string, cluster: Cluster, workers: number): Promise<Mapserver> {
  await mkdir(folder, { recursive: true });
  const map = path.join(folder, 'bench.map');
  await writeFile(map, mapfile(cluster.connection));
  const config = path.join(folder, 'mapserver.conf');
  await writeFile(config, 'CONFIG\n  ENV\n    "MS_MAP_PATTERN" "."\n  END\nEND\n');
  // FastCGI programs take their requests from the socket that is their standard input. Node's types do not know that a
  // listening socket has a number, too.
  const socket = createServer();
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
  const { port } = socket.address() as { port: number };
  const { fd } = (socket as unknown as { _handle: { fd: number } })._handle;
  const env = { PATH: process.env.PATH, MS_MAPFILE: map, MAPSERVER_CONFIG_FILE: config };
  const children = Array.from({ length: CONCURRENCY }, () =>
    spawn(PROGRAM, [], { stdio: [fd, 'ignore', 'inherit'], env }),
  );
  await new Promise((resolve) => socket.close(resolve));
  const nginx = await startNginx(
    path.join(folder, 'nginx'),
    workers,
    `location / {
      fastcgi_pass 127.0.0.1:${port};
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_buffers 64 64k;
      fastcgi_max_temp_file_size 0;
    }`,
  );
  return {
    pids: [nginx.pid, ...children.map(({ pid }) => pid as number)],
    urlOf: ({ z, x, y }) =>
      `${nginx.url}/?map=${map}&mode=tile&tilemode=gmap&tile=${x}+${y}+${z}&layers=all&map.imagetype=mvt`,
    stop: async () => {
      await nginx.stop();
      // It would look at a milder signal after its next request only.
      await Promise.all(children.map((child) => endChild(child, 'SIGKILL')));
    },
  };
}
