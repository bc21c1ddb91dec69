import { type RequestHandler, Router } from 'express';
import { type UploadRow, uploadRows } from '../../query/upload-doors.ts';
import type { Context } from '../context.ts';
import { parseParams } from '../params.ts';
import { MethodNotAllowed } from '../problem.ts';
import { sendJson } from '../respond.ts';
import { requireToken } from '../token.ts';
import { changeRoutes } from '../uploads/change.ts';
import { downloadRoutes } from '../uploads/downloads.ts';
import { findUpload } from '../uploads/find-upload.ts';
import { takeFile } from '../uploads/incoming-file.ts';
import { previewRoutes } from '../uploads/preview.ts';
import { resumableRoutes } from '../uploads/resumable.ts';
import { sendEvents } from '../uploads/send-events.ts';
import { toListedUpload, toUploadJson } from '../uploads/upload-json.ts';

/** Files on their way to a layer, under `/uploads`. All of it takes a token, reading too. */
export function uploadRoutes(context: Context): Router {
  const router = Router();
  const { run, uploads } = context;
  const { folder, launch } = uploads;
  router.use('/uploads', requireToken(context));
  router.use(resumableRoutes(context));

  router.post('/uploads', async (request, response) => {
    const { name } = parseParams(request.originalUrl, ['name']);
    const id = await takeFile({ run, folder, launch }, request, name);
    const row = await findUpload(run, id);
    response.status(202).location(`/uploads/${id}`);
    sendJson(response, toUploadJson(row));
  });

  router.get('/uploads', async (request, response) => {
    const { limit } = parseParams(request.originalUrl, ['limit']);
    const rows = await run<UploadRow>(uploadRows(limit));
    sendJson(response, { uploads: rows.map(toListedUpload), limits: folder.limits });
  });
  router.all('/uploads', only('GET, HEAD, POST, OPTIONS'));

  router.get('/uploads/:id/events', async (request, response) => {
    parseParams(request.originalUrl, []);
    await sendEvents(context, request.params.id, request, response);
  });

  router.use(downloadRoutes(context));
  router.use(previewRoutes(context));
  router.use(changeRoutes(context));
  router.all('/uploads/:id', only('GET, HEAD, DELETE, OPTIONS'));
  router.all('/uploads/:id/mapping', only('PATCH, OPTIONS'));
  router.all('/uploads/:id/publish', only('POST, OPTIONS'));
  router.all('/uploads/:id/{*rest}', (request, _response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    throw new MethodNotAllowed(request.method, 'GET, HEAD, OPTIONS');
  });
  return router;
}

function only(allow: string): RequestHandler {
  return (request) => {
    throw new MethodNotAllowed(request.method, allow);
  };
}
