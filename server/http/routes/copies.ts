import { createHash } from 'node:crypto';
import path from 'node:path';
import { type Response, Router } from 'express';
import { LaneSaturated } from '../../core/errors.ts';
import { slots } from '../../db/slots.ts';
import { readBrief } from '../../jobs/briefs/read-brief.ts';
import type { CopyRequest } from '../../jobs/export/copy-contents.ts';
import { toCopyRequest } from '../../jobs/export/copy-request.ts';
import { ExportBusy } from '../../jobs/export/errors.ts';
import { exportSingleFile } from '../../jobs/export/single-file.ts';
import { readView } from '../../jobs/views/read-view.ts';
import { layerState } from '../../query/layer-state.ts';
import { SingleFlight } from '../../tiles/single-flight.ts';
import { accessOf, isPublic } from '../access.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { parseParams } from '../params.ts';
import { sendFile } from '../send-file.ts';

/** Of copies in one process: one is made, a few callers wait a moment for their turn. */
const PLACES = { max: 1, queueMax: 4, waitMs: 10_000 };
const BUSY = 'Another copy is being made: ask again in half a minute.';

/** A file that was there may be gone when it is to be sent: another process removes the oldest. */
const ATTEMPTS = 3;

/** Briefs and views as one HTML file that opens without a server; made when first asked for, then kept. */
export function copyRoutes(context: Context): Router {
  const router = Router();
  const { source, kept, maxTiles } = context.archives;
  const flights = new SingleFlight<void>();
  const places = slots(PLACES);
  const folders = { client: context.clientFolder, single: path.resolve(context.clientFolder, '../single') };

  async function make(name: string, request: CopyRequest, signal: AbortSignal): Promise<void> {
    await places.take(signal).catch((error: unknown) => {
      throw error instanceof LaneSaturated ? new ExportBusy(BUSY) : error;
    });
    try {
      // Another process may have made it meanwhile.
      if (await kept.find(name)) return;
      await exportSingleFile(source, request, folders, () => kept.openSink(name), { signal, maxTiles });
      await kept.sweep(name);
    } finally {
      places.give();
    }
  }

  /** `said`: what the copy is of, beside its layers; other layers or other words are another copy. */
  async function answer(response: Response, request: CopyRequest, said: unknown, fileName: string): Promise<void> {
    const state = [
      context.version,
      said,
      request.layers.map((layer) => [layer.id, layerState(layer)]),
      request.notPublic,
      request.leftOut,
      request.map,
    ];
    const name = `${createHash('sha256').update(JSON.stringify(state)).digest('hex').slice(0, 32)}.html`;
    const signal = clientSignal(response);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (!(await kept.find(name))) await flights.run(name, (allGone) => make(name, request, allGone), signal);
      const file = await kept.find(name);
      const headers = {
        ETag: `"${name.slice(0, 22)}.${file?.tag}"`,
        'Cache-Control': isPublic(accessOf(response)) ? 'no-cache' : 'private, no-store',
        'Content-Type': 'text/html; charset=utf-8',
        // To be kept, not shown: here the page itself is better, and this server's policy would not let the copy run.
        'Content-Disposition': `attachment; filename="${fileName}.html"`,
      };
      if (await sendFile(response, kept.folder, name, headers)) return;
    }
    throw new ExportBusy('The copy was removed as soon as it was made: others need the room.');
  }

  const about = () => ({ catalogue: context.catalogue(), map: context.mapSettings, now: new Date() });

  router.get('/briefs/:briefId.html', async (request, response) => {
    parseParams(request.originalUrl, []);
    const signal = clientSignal(response);
    const brief = await readBrief(context.run, request.params.briefId, accessOf(response), { signal });
    const copy = toCopyRequest({ ...about(), brief, views: brief.views.map(({ view }) => view) });
    await answer(response, copy, brief, toFileName(brief.title));
  });

  router.get('/views/:viewId.html', async (request, response) => {
    parseParams(request.originalUrl, []);
    const view = await readView(context.run, request.params.viewId, clientSignal(response));
    await answer(response, toCopyRequest({ ...about(), views: [view] }), view, 'map');
  });

  return router;
}

/** What a person finds among the downloads: letters without accents, and figures. */
function toFileName(title: string): string {
  const plain = title.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 60) || 'brief'
  );
}
