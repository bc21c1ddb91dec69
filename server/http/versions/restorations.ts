import { Router } from 'express';
import { InvalidParameter } from '../../core/errors.ts';
import { VersionNotFound } from '../../jobs/publish/errors.ts';
import { type RestorationRow, restorationQuery } from '../../query/restorations.ts';
import type { Context } from '../context.ts';
import { parseParams } from '../params.ts';
import { sendJson } from '../respond.ts';
import { requireToken } from '../token.ts';
import { isUploadId } from '../uploads/find-upload.ts';
import { keptVersion } from './kept-version.ts';

function toNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidParameter([{ parameter: 'generation', detail: 'A version is named by a whole number.' }]);
}

function toJson({ id, layer, wanted, state, progress, error, generation, count, created_at }: RestorationRow) {
  const restored = generation === null ? null : { generation, count };
  return { id, collection: layer, version: wanted, state, progress, error, restored, createdAt: created_at };
}

/** Having an earlier version again: begun by one request, and followed by others, since it may take minutes. */
export function restorationRoutes(context: Context): Router {
  const router = Router();
  const { run, versions } = context;

  router.post('/collections/:id/versions/:generation/restore', requireToken(context), async (request, response) => {
    parseParams(request.originalUrl, []);
    const { id } = context.catalogue().get(String(request.params.id));
    const { generation } = await keptVersion(run, id, toNumber(String(request.params.generation)));
    const restoration = await versions.restore(id, generation);
    response.status(202).location(`/collections/${id}/restorations/${restoration}`);
    sendJson(response, toJson(await find(id, restoration)));
  });

  router.get('/collections/:id/restorations/:restoration', requireToken(context), async (request, response) => {
    parseParams(request.originalUrl, []);
    const { id } = context.catalogue().get(String(request.params.id));
    const row = await find(id, String(request.params.restoration));
    if (row.state === 'restoring') response.set('Retry-After', '1');
    sendJson(response, toJson(row));
  });

  async function find(layer: string, id: string): Promise<RestorationRow> {
    const [row] = isUploadId(id) ? await run<RestorationRow>(restorationQuery(layer, id)) : [];
    if (row) return row;
    throw new VersionNotFound(`No version of "${layer}" was brought back under the id "${id.slice(0, 40)}".`);
  }

  return router;
}
