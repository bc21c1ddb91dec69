import { type Request, type Response, Router } from 'express';
import { LaneSaturated, RequestAborted } from '../../core/errors.ts';
import { slots } from '../../db/slots.ts';
import { type ExportOrigin, toProvenance } from '../../encode/formats/provenance.ts';
import { ITEM_FORMATS, type ItemFormatId } from '../../encode/formats.ts';
import { checkExportable } from '../../jobs/export/check-exportable.ts';
import { ExportBusy } from '../../jobs/export/errors.ts';
import { recordPages } from '../../jobs/export/record-pages.ts';
import { accessOf, isPublic } from '../access.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { EXPORT_FORMATS } from '../export/export-formats.ts';
import { type ExportRequest, readExport } from '../export/export-request.ts';
import { geopackages } from '../export/geopackages.ts';
import { sendPieces } from '../export/send-pieces.ts';
import { whileKept } from '../items/version-of-cursor.ts';
import { baseUrl } from '../respond.ts';

/** Of files that are streamed in one process: each holds two pages of rows, and a connection now and then. */
const PLACES = { max: 4, queueMax: 8, waitMs: 10_000 };
const BUSY = 'Other exports are under way: ask again in half a minute.';

/** Whole collections, or what a filter leaves of them, as one file. */
export function exportRoutes(context: Context): Router {
  const router = Router();
  const places = slots(PLACES);
  const { describeGeopackage, sendGeopackage } = geopackages(context);
  const { run } = context.archives.source;

  function headers(request: Request, { layer, format, identity, fileName }: ExportRequest, isForAll: boolean) {
    const { licence, id } = layer;
    const links = [
      `<${baseUrl(context, request)}/collections/${id}>; rel="collection"`,
      ...(licence.url ? [`<${new URL(licence.url).href}>; rel="license"`] : []),
    ];
    return {
      ETag: `W/"${identity}"`,
      'Cache-Control': isForAll ? 'no-cache' : 'private, no-store',
      'Content-Type': EXPORT_FORMATS[format].mediaType,
      'Content-Disposition': `attachment; filename="${fileName}"`,
      Link: links.join(', '),
    };
  }

  async function stream(response: Response, wish: ExportRequest, origin: ExportOrigin, begin: () => void) {
    const signal = clientSignal(response);
    await places.take(signal).catch((error: unknown) => {
      throw error instanceof LaneSaturated ? new ExportBusy(BUSY) : error;
    });
    // What still asks the database when the file is over or broken is not waited for.
    const ending = new AbortController();
    try {
      const { layer, served, fields } = wish;
      const rows = recordPages(run, wish.pageQuery, AbortSignal.any([signal, ending.signal]));
      const provenance = toProvenance(layer, origin);
      const pieces = ITEM_FORMATS[wish.format as ItemFormatId].write(layer, rows, { fields, provenance });
      await whileKept(layer, served, () => sendPieces(response, pieces, begin));
    } finally {
      ending.abort();
      places.give();
    }
  }

  router.get('/collections/:id/export', async (request, response) => {
    const access = accessOf(response);
    const address = request.originalUrl;
    const wish = readExport(context.catalogue(), { id: request.params.id, address, version: context.version }, access);
    const isForAll = isPublic(access);
    // Who has the server's token sees what is not public; passing on is up to the licence all the same.
    checkExportable([isForAll ? wish.layer : { ...wish.layer, handling: 'public' }]);
    const own = headers(request, wish, isForAll);
    const origin = { disclaimer: context.mapSettings.disclaimer, knownAt: wish.knownAt };
    const begin = () => void response.set(own);
    if (request.method === 'HEAD') {
      if (wish.format === 'gpkg') return describeGeopackage(response, wish, own, isForAll);
      begin();
      response.end();
      return;
    }
    if (wish.format === 'gpkg') return sendGeopackage(response, wish, origin, { headers: own, isForAll });
    response.set('ETag', own.ETag);
    if (request.fresh) {
      response.status(304).end();
      return;
    }
    try {
      await stream(response, wish, origin, begin);
    } catch (error) {
      if (!response.headersSent) {
        response.removeHeader('ETag');
        throw error;
      }
      // A status has gone out already: only an end in the middle tells that the file is not whole.
      if (!(error instanceof RequestAborted)) context.log.error({ err: error }, 'an export broke off');
      response.destroy();
    }
  });

  return router;
}
