import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Catalogue } from '../../core/catalogue.ts';
import { parseTileCoord, type TileCoord } from '../../core/tile.ts';
import type { Filter } from '../../query/filter.ts';
import { PUBLIC_ACCESS } from '../../query/filter.ts';
import type { CachedTile } from '../../tiles/cache.ts';
import type { EncodedTile } from '../../tiles/source.ts';
import { callerAccess, isPublic } from '../access.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { whereKept } from '../dropped-version.ts';
import type { TileAddress } from './address.ts';
import { tileHeaders } from './headers.ts';
import { acceptsGzip, namesTag } from './negotiate.ts';
import { ASK_AGAIN, type View, versionOf } from './view.ts';
import { Views } from './views.ts';

/** Tiles as responses, whichever door the request came by. */
export interface TileAnswers {
  /** The tile as it is to be sent, gzipped, when it is in memory and nothing has to be asked of anyone. */
  fromMemory(
    address: TileAddress,
    request: IncomingMessage,
  ): { readonly view: View; readonly tile: CachedTile } | undefined;
  /**
   * Answers, if need be by a query, which ends when all who wait for its tile have gone. `more` are further headers, in
   * the flat form. Resolves to the bytes of the body.
   * @throws LayerNotFound, InvalidParameter, InvalidFilter, TileOutOfRange, what the database throws, RequestAborted
   */
  answer(
    address: TileAddress,
    request: IncomingMessage,
    response: ServerResponse,
    more?: readonly string[],
  ): Promise<number>;
}

const decompress = promisify(gunzip);

const keyOf = (view: View, { z, x, y }: { z: string | number; x: string | number; y: string | number }) =>
  `${view.identity}/${z}/${x}/${y}`;

/** Whether the client has the tile already, by what it says. */
function isKnown({ headers }: IncomingMessage, { tags }: View): boolean {
  const known = headers['if-none-match'];
  return known !== undefined && namesTag(known, Object.values(tags));
}

export function tileAnswers(context: Context): TileAnswers {
  const { cache, tiles } = context;
  const views = new Views(context.version);

  function follow(catalogue: Catalogue): void {
    if (!views.follow(catalogue)) return;
    const served = new Set(catalogue.layers.map(versionOf));
    cache.retain((version) => version.split(',').every((part) => served.has(part)));
  }

  function make({ kind, layers, filters }: View, coord: TileCoord, signal: AbortSignal): Promise<EncodedTile> {
    const [layer] = layers;
    return kind === 'hexes' && layer
      ? tiles.hexTile(layer, coord, filters[0] as Filter, signal)
      : tiles.tile(layers, coord, filters, signal);
  }

  /** From memory, else by a query, which others who ask for the same tile share. */
  async function read(view: View, coord: TileCoord, signal: AbortSignal): Promise<CachedTile> {
    const key = keyOf(view, coord);
    return cache.find(key) ?? (await cache.load(key, view.version, (all) => make(view, coord, all), signal));
  }

  return {
    fromMemory: (address, { headers }) => {
      if (!context.isFresh() || headers['if-none-match'] !== undefined) return undefined;
      if (headers.authorization !== undefined || !acceptsGzip(headers['accept-encoding'])) return undefined;
      follow(context.catalogue());
      const view = views.find(address, PUBLIC_ACCESS);
      const tile = view && cache.find(keyOf(view, address));
      return tile && { view, tile };
    },

    answer: async (address, request, response, more = []) => {
      const wasFresh = context.isFresh();
      if (!wasFresh) await context.refresh();
      const access = await callerAccess(context, request.headers);
      const coord = parseTileCoord(address.z, address.x, address.y);
      const form = acceptsGzip(request.headers['accept-encoding']) ? 'gzip' : 'identity';
      const signal = clientSignal(response);
      // Of the next version where the one that was to be read has just been dropped.
      const { headers, tile } = await whereKept(context, async (catalogue) => {
        follow(catalogue);
        const view = views.get(catalogue, address, access);
        const cacheControl = wasFresh || !isPublic(access) ? view.cacheControl : ASK_AGAIN;
        return {
          headers: [...tileHeaders(view.tags, form, cacheControl), ...more],
          tile: isKnown(request, view) ? undefined : await read(view, coord, signal),
        };
      });
      if (!tile) {
        response.writeHead(304, headers);
        response.end();
        return 0;
      }
      const body = form === 'gzip' ? tile.gzip : await decompress(tile.gzip);
      response.writeHead(200, [...headers, 'Content-Length', String(body.length)]);
      response.end(body);
      return body.length;
    },
  };
}
