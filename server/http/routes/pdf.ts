import { type Request, type Response, Router } from 'express';
import { RequestAborted } from '../../core/errors.ts';
import { readBrief } from '../../jobs/briefs/read-brief.ts';
import { readView } from '../../jobs/views/read-view.ts';
import { accessOf, isPublic } from '../access.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { sendPieces } from '../export/send-pieces.ts';
import { parseParams } from '../params.ts';
import { BRIEF_PDF_PARAMS, VIEW_PDF_PARAMS } from '../pdf/params.ts';
import { baseUrl } from '../respond.ts';

/** Views on paper: a page of this server, which a browser of this machine draws and prints as the caller sees it. */
export function pdfRoutes(context: Context): Router {
  const router = Router();
  const { run, printer } = context;

  /** `wish`: the fragment of the page that prints; what is undefined is left out. */
  async function send(
    request: Request,
    response: Response,
    wish: Record<string, string | number | undefined>,
    name: string,
  ) {
    const isForAll = isPublic(accessOf(response));
    const begin = () =>
      void response.set({
        'Content-Type': 'application/pdf',
        'Content-Disposition': `attachment; filename="${name}.pdf"`,
        // What the layers are now is drawn anew each time.
        'Cache-Control': 'private, no-store',
      });
    if (request.method === 'HEAD') {
      begin();
      response.end();
      return;
    }
    const { localAddress = '127.0.0.1', localPort = 0 } = request.socket;
    const said = Object.entries({ ...wish, ...(isForAll ? {} : { holder: '' }) }).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)] as [string, string]],
    );
    const printed = {
      ...{ base: baseUrl(context, request), hash: `#${new URLSearchParams(said)}` },
      // The address at which this request has come in is one at which this server listens, whatever stands before it.
      target: { host: localAddress, port: localPort },
      authorization: isForAll ? undefined : request.get('authorization'),
    };
    try {
      await sendPieces(response, printer.print(printed, clientSignal(response)), begin);
    } catch (error) {
      if (!response.headersSent) throw error;
      // A status has gone out already: only an end in the middle tells that the file is not whole.
      if (!(error instanceof RequestAborted)) context.log.error({ err: error }, 'a printed file broke off');
      response.destroy();
    }
  }

  router.get('/views/:viewId.pdf', async (request, response) => {
    const { viewId } = request.params;
    const wish = parseParams(request.originalUrl, [], VIEW_PDF_PARAMS);
    // Before a browser is opened for nothing.
    const { id } = await readView(run, viewId, clientSignal(response));
    await send(request, response, { view: id, ...wish }, `view-${id}`);
  });

  router.get('/briefs/:briefId.pdf', async (request, response) => {
    const { briefId } = request.params;
    const { version, ...wish } = parseParams(request.originalUrl, [], BRIEF_PDF_PARAMS);
    const brief = await readBrief(run, briefId, accessOf(response), { version, signal: clientSignal(response) });
    await send(
      request,
      response,
      { brief: brief.id, version, ...wish },
      `brief-${brief.id.slice(0, 8)}-${brief.version}`,
    );
  });

  return router;
}
