import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { TileCoord } from '../../../server/core/tile.ts';
import type { Contender } from '../contender.ts';
import { fetchOnce, runHttp } from '../load/http.ts';

const decompress = promisify(gunzip);

export interface HttpContender {
  readonly name: string;
  readonly pids: readonly number[];
  readonly urlOf: (tile: TileCoord) => string;
  /** Whether answers only have to be read; see `runHttp`. */
  readonly ready: boolean;
}

export function httpContender({ name, pids, urlOf, ready }: HttpContender): Contender {
  return {
    name,
    pids,
    fetch: async (tile) => {
      const { body, encoding } = await fetchOnce(urlOf(tile));
      return { mvt: encoding === 'gzip' ? await decompress(body) : body, sent: body.length };
    },
    load: (tiles, seconds) => runHttp(tiles.map(urlOf), seconds, ready),
  };
}
