import { createHash } from 'node:crypto';
import { type Response, Router } from 'express';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { InvalidParameter, LaneSaturated } from '../../core/errors.ts';
import { slots } from '../../db/slots.ts';
import type { KeptArchive } from '../../jobs/export/archive-folder.ts';
import { checkExportable } from '../../jobs/export/check-exportable.ts';
import { checkSize } from '../../jobs/export/check-size.ts';
import { ExportBusy } from '../../jobs/export/errors.ts';
import { type ExportRequest, toExportRequest } from '../../jobs/export/request.ts';
import { exportArchive } from '../../jobs/export.ts';
import { PUBLIC_ACCESS } from '../../query/filter.ts';
import { layerState } from '../../query/layer-state.ts';
import { SingleFlight } from '../../tiles/single-flight.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { ASK_AGAIN, FOREVER, SHORT, type View, viewOf } from '../hot/view.ts';
import { ARCHIVE_PARAMS, parseParams, writtenParam } from '../params.ts';
import { sendFile } from '../send-file.ts';

const MEDIA_TYPE = 'application/vnd.pmtiles';

/** Of archives in one process: one is made, a few callers wait a moment for their turn. */
const PLACES = { max: 1, queueMax: 4, waitMs: 10_000 };
const BUSY = 'Another archive is being made: ask again in half a minute.';

/** A file that was there may be gone when it is to be sent: another process removes the oldest. */
const ATTEMPTS = 3;

interface Archive {
  readonly view: View;
  readonly request: ExportRequest;
  /** Of its file: whatever decides what is in it. */
  readonly name: string;
}

/** Archives of tiles, made when they are first asked for, then read from the disk, whole or by ranges. */
export function archiveRoutes(context: Context): Router {
  const router = Router();
  const { source, kept, maxTiles } = context.archives;
  const flights = new SingleFlight<KeptArchive | undefined>();
  const places = slots(PLACES);

  /** @throws LayerNotFound, InvalidParameter, InvalidFilter */
  function read(kind: View['kind'], ids: string, address: string): Archive {
    const params = parseParams(address, ARCHIVE_PARAMS);
    const inService = { ...params, known_at: undefined };
    const view = viewOf(context.catalogue(), { kind, ids, params: inService }, PUBLIC_ACCESS, context.version);
    const { layers, filters } = view;
    const { minzoom } = params;
    const wish = {
      family: kind === 'hexes' ? ('hexagons' as const) : ('records' as const),
      ...{ layers, filters, minzoom, maxzoom: params.maxzoom },
      datetime: writtenParam(address, 'datetime'),
      filter: writtenParam(address, 'filter'),
    };
    const request = toExportRequest(wish, context.mapSettings.disclaimer, new Date());
    const { maxzoom } = request;
    if (maxzoom < minzoom) {
      throw new InvalidParameter([{ parameter: 'maxzoom', detail: `maxzoom ${maxzoom} is below minzoom ${minzoom}.` }]);
    }
    const digest = createHash('sha256').update(
      JSON.stringify([view.identity, layers.map(layerState), minzoom, maxzoom]),
    );
    return { view, request, name: `${digest.digest('hex').slice(0, 32)}.pmtiles` };
  }

  async function make({ request, name }: Archive, signal: AbortSignal): Promise<KeptArchive | undefined> {
    await places.take(signal).catch((error: unknown) => {
      throw error instanceof LaneSaturated ? new ExportBusy(BUSY) : error;
    });
    try {
      // Another process may have made it meanwhile.
      const found = await kept.find(name);
      if (found) return found;
      await checkSize(source.run, request, maxTiles, signal);
      await exportArchive(source, request, () => kept.openSink(name), { signal });
      const made = await kept.find(name);
      await kept.sweep(name);
      return made;
    } finally {
      places.give();
    }
  }

  async function answer(archive: Archive, response: Response): Promise<void> {
    const { view, request, name } = archive;
    checkExportable(request.layers);
    // Who names the generation asks again soon all the same: an archive says by whom and under what terms it is.
    const lasting = view.cacheControl === FOREVER ? SHORT : view.cacheControl;
    const cacheControl = context.isFresh() ? lasting : ASK_AGAIN;
    const signal = clientSignal(response);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const file = (await kept.find(name)) ?? (await flights.run(name, (allGone) => make(archive, allGone), signal));
      const headers = {
        ETag: `"${name.slice(0, 22)}.${file?.tag}"`,
        'Cache-Control': cacheControl,
        'Content-Type': MEDIA_TYPE,
        'Content-Disposition': `attachment; filename="${toFileName(request.layers, view.kind)}"`,
      };
      if (await sendFile(response, kept.folder, name, headers)) return;
    }
    throw new ExportBusy('The archive was removed as soon as it was made: others need the room.');
  }

  for (const [kind, path] of [
    ['tiles', '/tiles/:ids.pmtiles'],
    ['hexes', '/hexes/:ids.pmtiles'],
  ] as const) {
    router.get(path, async (request, response) => {
      await answer(read(kind, request.params.ids, request.originalUrl), response);
    });
  }
  return router;
}

/** What a person finds among the downloads. */
function toFileName(layers: readonly PublishedLayer[], kind: View['kind']): string {
  const names = layers.slice(0, 4).map(({ id }) => id);
  const more = layers.length > names.length ? [`and-${layers.length - names.length}-more`] : [];
  return `${[...names, ...more, ...(kind === 'hexes' ? ['hexagons'] : [])].join('-')}.pmtiles`;
}
