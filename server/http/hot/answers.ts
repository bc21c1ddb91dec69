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
      const catalogue = wasFresh ? context.catalogue() : await context.refresh();
      follow(catalogue);
      const access = await callerAccess(context, request.headers);
      const coord = parseTileCoord(address.z, address.x, address.y);
      const view = views.get(catalogue, address, access);
      const cacheControl = wasFresh || !isPublic(access) ? view.cacheControl : ASK_AGAIN;
      const form = acceptsGzip(request.headers['accept-encoding']) ? 'gzip' : 'identity';
      const headers = tileHeaders(view.tags, form, cacheControl);

      const known = request.headers['if-none-match'];
      if (known !== undefined && namesTag(known, Object.values(view.tags))) {
        response.writeHead(304, [...headers, ...more]);
        response.end();
        return 0;
      }
      const key = keyOf(view, coord);
      const tile =
        cache.find(key) ??
        (await cache.load(key, view.version, (signal) => make(view, coord, signal), clientSignal(response)));
      const body = form === 'gzip' ? tile.gzip : await decompress(tile.gzip);
      response.writeHead(200, [...headers, ...more, 'Content-Length', String(body.length)]);
      response.end(body);
      return body.length;
    },
  };
}
