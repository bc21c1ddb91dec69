import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createApp } from '../app.ts';
import type { Context } from '../context.ts';
import { allowReading } from '../cross-origin.ts';
import { hasSoundHost, toOriginForm } from '../host.ts';
import { toRequestId } from '../log.ts';
import type { Series } from '../metrics/series.ts';
import { writeProblem } from '../problem.ts';
import { parseUsualAddress, type TileAddress } from './address.ts';
import { tileAnswers } from './answers.ts';

/** Zoom classes of the metrics, by zoom. */
const ZOOM_CLASSES = Array.from({ length: 100 }, (_, z) => (z <= 6 ? 'low' : z <= 9 ? 'mid' : 'high'));

/**
 * The whole of the server's HTTP: tiles are answered here, ahead of Express, which takes four times as long for one
 * from memory; everything else, and every tile whose address is written in an unusual way, is Express's.
 */
export function createHandler(context: Context): RequestListener {
  const { log, metrics } = context;
  const answers = tileAnswers(context);
  const app = createApp(context, answers);
  const seriesOf = (route: string) => ZOOM_CLASSES.map((zoom) => metrics.requests.series(route, zoom));
  const series: Readonly<Record<TileAddress['kind'], readonly Series[]>> = {
    tiles: seriesOf('/tiles/:ids/:z/:x/:y.mvt'),
    hexes: seriesOf('/hexes/:id/:z/:x/:y.mvt'),
  };
  // A line for each tile from memory took a fifth of its time: they are counted, and have lines when asked for.
  const isVerbose = log.isLevelEnabled('debug');

  function logLine(address: TileAddress, request: IncomingMessage, requestId: string, status: number, start: number) {
    const path = address.address.split('?', 1)[0];
    return { requestId, method: request.method, path, status, ms: Math.round((performance.now() - start) * 10) / 10 };
  }

  function answerLater(address: TileAddress, request: IncomingMessage, response: ServerResponse, start: number): void {
    const requestId = toRequestId(request);
    let length: number | undefined;
    response.once('close', () => {
      const { statusCode, writableFinished } = response;
      const line = logLine(address, request, requestId, statusCode, start);
      // 499, as nginx has it: the client did not wait for its answer.
      const hasBody = writableFinished && statusCode !== 304 && request.method !== 'HEAD';
      // A problem has its length among its headers.
      const bytes = hasBody ? (length ?? Number(response.getHeader('Content-Length') ?? 0)) : 0;
      series[address.kind][Number(address.z)]?.add(writableFinished ? statusCode : 499, line.ms / 1000, bytes);
      if (!writableFinished) log.info(line, 'request aborted by its client');
      else if (statusCode === 304) log.debug(line, 'request');
      else log.info(line, 'request');
      log.debug({ requestId, url: address.address }, 'request address');
    });
    const answered = answers.answer(address, request, response, ['X-Request-Id', requestId]);
    answered.then(
      (sent) => {
        length = sent;
      },
      (error: unknown) => {
        if (response.headersSent) {
          response.destroy(error as Error);
          return;
        }
        response.setHeader('X-Request-Id', requestId);
        response.setHeader('X-Content-Type-Options', 'nosniff');
        response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
        allowReading(response);
        writeProblem(log, error, address.address, response);
      },
    );
  }

  return (request, response) => {
    toOriginForm(request);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    // What is wrong with a host, Express says.
    const address = isRead && hasSoundHost(request) ? parseUsualAddress(request.url as string) : undefined;
    if (!address) {
      app(request, response);
      return;
    }
    const start = performance.now();
    const found = answers.fromMemory(address, request);
    if (!found) {
      answerLater(address, request, response, start);
      return;
    }
    const { gzip } = found.tile;
    const requestId = toRequestId(request);
    response.writeHead(200, [...found.view.headers, 'X-Request-Id', requestId, 'Content-Length', String(gzip.length)]);
    response.end(gzip);
    const bytes = request.method === 'HEAD' ? 0 : gzip.length;
    series[address.kind][Number(address.z)]?.add(200, (performance.now() - start) / 1000, bytes);
    if (isVerbose) log.debug({ ...logLine(address, request, requestId, 200, start), memory: true }, 'request');
  };
}
