import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Router } from 'express';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { InvalidParameter } from '../../core/errors.ts';
import { generationOf } from '../../core/tilejson.ts';
import { makeSeries } from '../../jobs/export/make-series.ts';
import { accessOf, isPublic } from '../access.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { whereKept } from '../dropped-version.ts';
import { toTags } from '../hot/headers.ts';
import { acceptsGzip, namesTag } from '../hot/negotiate.ts';
import { ASK_AGAIN, toCacheControl, versionOf } from '../hot/view.ts';
import { parseParams, parsePointLayer } from '../params.ts';

const decompress = promisify(gunzip);

function checkResolution(layer: PublishedLayer, resolution: number): void {
  const { seriesResolution } = layer.prepared;
  if (seriesResolution !== null && resolution <= seriesResolution) return;
  const detail =
    seriesResolution === null
      ? `"${layer.id}" has too many hexagons for a series at any resolution.`
      : `"${layer.id}" has too many hexagons of resolution ${resolution} for one series: the finest is ${seriesResolution}.`;
  throw new InvalidParameter([{ parameter: 'res', detail: `${detail} Ask for tiles with datetime instead.` }]);
}

/** The hexagons of a layer over time, for counting any window of months without a request: see core/series.ts. */
export function seriesRoutes(context: Context): Router {
  const router = Router();

  router.get('/hexes/:id/series', async (request, response) => {
    await whereKept(context, async (catalogue) => {
      const layer = parsePointLayer(catalogue, request.params.id);
      const { res, kinds, generation } = parseParams(request.originalUrl, ['res', 'kinds', 'generation']);
      checkResolution(layer, res);
      const access = accessOf(response);
      const identity = [context.version, layer.id, generationOf([layer]), res, kinds, access.handling].join();
      const tags = toTags(createHash('sha256').update(identity).digest('base64url').slice(0, 22));
      const form = acceptsGzip(request.headers['accept-encoding']) ? 'gzip' : 'identity';
      response.set({
        ETag: tags[form],
        'Cache-Control': context.isFresh()
          ? toCacheControl(generation, generationOf([layer]), isPublic(access))
          : ASK_AGAIN,
        'Content-Type': 'application/octet-stream',
      });
      response.vary('Accept-Encoding');
      const known = request.headers['if-none-match'];
      if (known !== undefined && namesTag(known, Object.values(tags))) {
        response.status(304).end();
        return;
      }
      const make = async (signal: AbortSignal) => ({
        bytes: await makeSeries(context.run, layer, res, kinds, access, signal),
        encoding: 'identity' as const,
      });
      const key = `series/${identity}`;
      const { gzip } =
        context.cache.find(key) ?? (await context.cache.load(key, versionOf(layer), make, clientSignal(response)));
      if (form === 'gzip') response.set('Content-Encoding', 'gzip').send(gzip);
      else response.send(await decompress(gzip));
    });
  });

  return router;
}
