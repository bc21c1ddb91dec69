import { Router } from 'express';
import { z } from 'zod';
import { type Mapping, MappingSchema } from '../../core/mapping.ts';
import { UploadConflict } from '../../jobs/uploads/errors.ts';
import { dropStaging } from '../../query/staging/create.ts';
import { deleteUpload, moveUpload, remapUpload, type UploadRow, type UploadState } from '../../query/upload-doors.ts';
import type { Context } from '../context.ts';
import { bodyFaults } from '../faults.ts';
import { parseParams } from '../params.ts';
import { sendJson } from '../respond.ts';
import { describing } from './describe-upload.ts';
import { findUpload } from './find-upload.ts';
import { readJson } from './json-body.ts';

/** What of a mapping decides how the file is read; the rest, only what is made of what was read. */
const READING = ['part', 'location', 'crs'] as const satisfies readonly (keyof Mapping)[];

const REMAPPABLE: readonly UploadState[] = ['ready', 'failed'];

const PatchSchema = z.record(z.string(), z.unknown());

/** One upload: looking at it, changing its mapping, publishing it, taking it out. */
export function changeRoutes(context: Context): Router {
  const router = Router();
  const { run, uploads, log } = context;
  const describe = describing(context);

  router.get('/uploads/:id', async (request, response) => {
    parseParams(request.originalUrl, []);
    sendJson(response, await describe(await findUpload(run, request.params.id)));
  });

  async function remap(id: string, changes: Readonly<Record<string, unknown>>): Promise<UploadRow> {
    const row = await findUpload(run, id);
    if (!row.mapping || !REMAPPABLE.includes(row.state)) throw conflict(row, 'mapped anew', 'ready');
    const mapping = parseMapping({ ...row.mapping, ...changes });
    checkTarget(mapping);
    const isReadAnew = READING.some((name) => JSON.stringify(mapping[name]) !== JSON.stringify(row.mapping?.[name]));
    const next = isReadAnew || !row.report ? 'reading' : 'checking';
    const [moved] = await run(remapUpload(id, REMAPPABLE, next, mapping));
    if (!moved) throw conflict(await findUpload(run, id), 'mapped anew', 'ready');
    uploads.launch(id);
    return findUpload(run, id);
  }

  /** @throws LayerNotFound; UploadConflict when a new layer has the name of one there is */
  function checkTarget({ target }: Mapping): void {
    const catalogue = context.catalogue();
    if (target.mode !== 'new') {
      catalogue.get(target.collection);
      return;
    }
    const { id } = target.layer;
    if (catalogue.layers.some((layer) => layer.id === id)) {
      throw new UploadConflict(
        `There is a collection "${id}" already: replace it or append to it, or choose another id.`,
      );
    }
  }

  // Each member that is given takes the place of the whole member that was there.
  router.patch('/uploads/:id/mapping', async (request, response) => {
    parseParams(request.originalUrl, []);
    const changes = PatchSchema.safeParse(await readJson(request));
    if (!changes.success) throw bodyFaults(changes.error);
    response.status(202);
    sendJson(response, await describe(await remap(request.params.id, changes.data)));
  });

  router.post('/uploads/:id/publish', async (request, response) => {
    parseParams(request.originalUrl, []);
    const { id } = request.params;
    const row = await findUpload(run, id);
    if (row.state !== 'ready' || !row.mapping) throw conflict(row, 'published', 'ready');
    checkTarget(row.mapping);
    const [moved] = await run(moveUpload(id, ['ready'], 'publishing'));
    if (!moved) throw conflict(await findUpload(run, id), 'published', 'ready');
    uploads.publish(id);
    response.status(202).location(`/uploads/${id}`);
    sendJson(response, await describe(await findUpload(run, id)));
  });

  router.delete('/uploads/:id', async (request, response) => {
    parseParams(request.originalUrl, []);
    const { id } = request.params;
    const row = await findUpload(run, id);
    const [gone] = await run(deleteUpload(id, ['publishing']));
    if (!gone) throw conflict(row, 'removed', 'published');
    await uploads.folder.remove(id);
    // Whoever still works on the tables is waited for, but not by the caller; what stays is dropped at the next start.
    const drops = Promise.all(dropStaging({ upload: id }).map((statement) => run(statement)));
    drops.catch((error: unknown) => log.warn({ err: error, upload: id }, 'tables of an upload stay'));
    response.status(204).end();
  });

  return router;
}

function conflict({ state }: UploadRow, done: string, when: string): UploadConflict {
  return new UploadConflict(
    `The upload is ${state}: it can be ${done} when it is ${when}. Its events say when that is.`,
  );
}

function parseMapping(value: unknown): Mapping {
  const parsed = MappingSchema.safeParse(value);
  if (!parsed.success) throw bodyFaults(parsed.error);
  return parsed.data;
}
