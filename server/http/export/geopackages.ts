import type { Response } from 'express';
import { LaneSaturated } from '../../core/errors.ts';
import { slots } from '../../db/slots.ts';
import { type ExportOrigin, toProvenance } from '../../encode/formats/provenance.ts';
import type { KeptArchive } from '../../jobs/export/archive-folder.ts';
import { ExportBusy } from '../../jobs/export/errors.ts';
import { writeGeopackage } from '../../jobs/export/geopackage.ts';
import { recordPages } from '../../jobs/export/record-pages.ts';
import { SingleFlight } from '../../tiles/single-flight.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { whileKept } from '../items/version-of-cursor.ts';
import { sendFile } from '../send-file.ts';
import type { ExportRequest } from './export-request.ts';

/** Of GeoPackages in one process: one is made, a few callers wait a moment for their turn. */
const PLACES = { max: 1, queueMax: 4, waitMs: 10_000 };
const BUSY = 'Another GeoPackage is being made: ask again in half a minute, or take f=fgb.';
/** A file that was there may be gone when it is to be sent: another process removes the oldest. */
const ATTEMPTS = 3;

/** GeoPackages, which cannot be streamed: made when they are first asked for, then kept beside the archives of tiles. */
export function geopackages(context: Pick<Context, 'archives'>) {
  const { source, kept } = context.archives;
  const flights = new SingleFlight<KeptArchive | undefined>();
  const places = slots(PLACES);

  async function make(wish: ExportRequest, name: string, origin: ExportOrigin, signal: AbortSignal) {
    await places.take(signal).catch((error: unknown) => {
      throw error instanceof LaneSaturated ? new ExportBusy(BUSY) : error;
    });
    try {
      // Another process may have made it meanwhile.
      const found = await kept.find(name);
      if (found) return found;
      const { layer, served, fields } = wish;
      const { path, maxBytes, finish } = await kept.reserve(name);
      const provenance = toProvenance(layer, origin);
      const rows = recordPages(source.run, wish.pageQuery, signal);
      await whileKept(layer, served, () =>
        writeGeopackage({ path, layer: toPlain(layer), fields, provenance, maxBytes }, rows, signal),
      );
      await finish();
      const made = await kept.find(name);
      await kept.sweep(name);
      return made;
    } finally {
      places.give();
    }
  }

  return async (
    response: Response,
    wish: ExportRequest,
    origin: ExportOrigin,
    headers: Readonly<Record<string, string>>,
  ): Promise<void> => {
    const name = `${wish.identity}.gpkg`;
    const signal = clientSignal(response);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const file =
        (await kept.find(name)) ?? (await flights.run(name, (allGone) => make(wish, name, origin, allGone), signal));
      const own = { ...headers, ETag: `"${wish.identity.slice(0, 22)}.${file?.tag}"` };
      if (await sendFile(response, kept.folder, name, own)) return;
    }
    throw new ExportBusy('The GeoPackage was removed as soon as it was made: others need the room.');
  };
}

/** What can be sent to another thread. */
const toPlain = ({ id, geometry }: ExportRequest['layer']) => ({ id, geometry });
