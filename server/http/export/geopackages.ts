import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
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

type Headers = Readonly<Record<string, string>>;

/**
 * GeoPackages, which cannot be streamed. Those of public records are made when they are first asked for, then kept beside
 * the archives of tiles. One with other records in it is made for one answer, and removed with it.
 */
export function geopackages(context: Pick<Context, 'archives'>) {
  const { source, kept } = context.archives;
  const flights = new SingleFlight<KeptArchive | undefined>();
  const places = slots(PLACES);
  const nameOf = ({ identity }: ExportRequest) => `${identity}.gpkg`;
  const tagged = (headers: Headers, { identity }: ExportRequest, file: KeptArchive | undefined) => ({
    ...headers,
    ETag: `"${identity.slice(0, 22)}.${file?.tag}"`,
  });

  async function inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await places.take(signal).catch((error: unknown) => {
      throw error instanceof LaneSaturated ? new ExportBusy(BUSY) : error;
    });
    try {
      return await work();
    } finally {
      places.give();
    }
  }

  async function write(wish: ExportRequest, name: string, origin: ExportOrigin, signal: AbortSignal) {
    const { layer, served, fields } = wish;
    const { path: target, maxBytes, finish } = await kept.reserve(name);
    const provenance = toProvenance(layer, origin);
    const rows = recordPages(source.run, wish.pageQuery, signal);
    await whileKept(layer, served, () =>
      writeGeopackage({ path: target, layer: toPlain(layer), fields, provenance, maxBytes }, rows, signal),
    );
    return { target, finish };
  }

  const make = (wish: ExportRequest, name: string, origin: ExportOrigin, signal: AbortSignal) =>
    inTurn(signal, async () => {
      // Another process may have made it meanwhile.
      const found = await kept.find(name);
      if (found) return found;
      const { finish } = await write(wish, name, origin, signal);
      await finish();
      const made = await kept.find(name);
      await kept.sweep(name);
      return made;
    });

  async function sendKept(response: Response, wish: ExportRequest, origin: ExportOrigin, headers: Headers) {
    const name = nameOf(wish);
    const signal = clientSignal(response);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const file =
        (await kept.find(name)) ?? (await flights.run(name, (allGone) => make(wish, name, origin, allGone), signal));
      if (await sendFile(response, kept.folder, name, tagged(headers, wish, file))) return;
    }
    throw new ExportBusy('The GeoPackage was removed as soon as it was made: others need the room.');
  }

  /** Never put into service under a name that another could ask for; what a process that was killed left is swept. */
  async function sendOwn(response: Response, wish: ExportRequest, origin: ExportOrigin, headers: Headers) {
    const signal = clientSignal(response);
    const name = `own-${randomUUID()}.gpkg`;
    const { target } = await inTurn(signal, () => write(wish, name, origin, signal));
    try {
      await sendFile(response, kept.folder, path.basename(target), headers);
    } finally {
      await rm(target, { force: true });
      await kept.sweep(name);
    }
  }

  return {
    sendGeopackage: (
      response: Response,
      wish: ExportRequest,
      origin: ExportOrigin,
      { headers, isForAll }: { readonly headers: Headers; readonly isForAll: boolean },
    ): Promise<void> => (isForAll ? sendKept : sendOwn)(response, wish, origin, untagged(headers)),

    /** The answer to HEAD: of a file that is there all that GET would say, else what is known without making it. */
    describeGeopackage: async (
      response: Response,
      wish: ExportRequest,
      headers: Headers,
      isForAll: boolean,
    ): Promise<void> => {
      const file = isForAll ? await kept.find(nameOf(wish)) : undefined;
      if (file && (await sendFile(response, kept.folder, file.name, tagged(headers, wish, file)))) return;
      response.set({ ...untagged(headers), 'Accept-Ranges': 'bytes' }).end();
    },
  };
}

/** The tag of a GeoPackage is of its file. */
function untagged({ ETag: _, ...headers }: Headers): Headers {
  return headers;
}

/** What can be sent to another thread. */
const toPlain = ({ id, geometry }: ExportRequest['layer']) => ({ id, geometry });
