import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Logger } from 'pino';
import { openAnalysing } from './analysing.ts';
import { PROCESSES } from './analysis/registry.ts';
import { type Config, uploadLimits, uploadsFolder } from './config.ts';
import { MapSettingsSchema } from './core/map-settings.ts';
import { type Connection, type DatabaseOptions, openDatabase } from './db/database.ts';
import { openCatalogue } from './db/live-catalogue.ts';
import { slots } from './db/slots.ts';
import { openUploadEvents } from './db/upload-events.ts';
import type { Context } from './http/context.ts';
import { createHandler } from './http/hot/handler.ts';
import type { Metrics } from './http/metrics.ts';
import { toJobProblem } from './http/processes/job-problem.ts';
import { openImports } from './imports.ts';
import { openAnalysisJobs } from './jobs/analysis/jobs.ts';
import { keepResult } from './jobs/analysis/keep-result.ts';
import { openBriefs } from './jobs/briefs/open-briefs.ts';
import { openEditor } from './jobs/editor.ts';
import { archiveFolder } from './jobs/export/archive-folder.ts';
import { findChromium } from './jobs/pdf/find-chromium.ts';
import { openPrinter } from './jobs/pdf/printer.ts';
import { openRestorer } from './jobs/restorations.ts';
import { openTokens } from './jobs/uploads/admin-token.ts';
import { uploadFolder } from './jobs/uploads/upload-folder.ts';
import { openViews } from './jobs/views/store-view.ts';
import type { Watcher } from './jobs/watches/watcher.ts';
import { openPublisher } from './publishing.ts';
import { TileCache } from './tiles/cache.ts';
import { tileFiles } from './tiles/files.ts';
import { keptTiles } from './tiles/kept.ts';
import { postgisTiles } from './tiles/postgis.ts';
import { openWatching } from './watching.ts';

/** How long requests under way may take to finish when the server is told to stop. */
export const DRAIN_MS = 10_000;
/** A proxy that keeps connections open (nginx: 60 s) must be the one that closes them. */
const KEEP_ALIVE_MS = 65_000;

/** In an archive that is made while its caller waits: minutes; more is for the command. */
const MAX_ARCHIVE_TILES = 200_000;

/** A browser takes a processor and some 300 MB: one at a time, and a few callers wait for their turn. */
const PRINTING = { max: 1, queueMax: 4, waitMs: 60_000 };

export interface Serving {
  readonly port: number;
  /** Finishes the requests under way first. */
  close(): Promise<void>;
}

export interface ServeOptions {
  /** The project's folder. */
  readonly root: string;
  /** Of several processes, one does what is to be done once. */
  readonly isFirst: boolean;
  readonly connection: Connection;
  readonly limits: NonNullable<DatabaseOptions['limits']>;
  readonly metrics: Metrics;
  readonly readMetrics: () => Promise<string>;
}

/** Answers requests in this process, from a database that is up to date. Holds nothing that another could not rebuild. */
export async function serve(config: Config, log: Logger, options: ServeOptions): Promise<Serving> {
  const { root, isFirst, connection, limits, metrics, readMetrics } = options;
  // What must be undone at the end, or when a later step of the start fails: last opened, first closed.
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const undo of closers.splice(0).toReversed()) {
      await undo().catch((error: unknown) => log.error({ err: error }, 'could not close'));
    }
  };

  try {
    const onLost = (error: unknown) => log.warn({ err: error }, 'a database connection was lost');
    const database = openDatabase(connection, onLost, { limits, onQuery: metrics.onQuery });
    closers.push(() => database.close());
    const files = tileFiles({
      folder: path.join(config.DATA_DIR, 'tiles'),
      run: database.lanes.jobs.run,
      writes: isFirst,
      maxBytes: config.TILES_MB * 1_000_000,
      onError: (error, layer) => log.warn({ err: error, layer }, 'no file of tiles: they come from the database'),
    });
    closers.push(() => files.close());
    let watching: Watcher | undefined;
    const catalogue = await openCatalogue(connection, database.run, {
      onChange: (next) => {
        log.info({ layers: next.layers.length }, 'catalogue read');
        files.follow(next);
        watching?.wake();
      },
      onError: (error) => log.warn({ err: error }, 'cannot follow the catalogue; trying again'),
    });
    closers.push(() => catalogue.close());
    files.follow(catalogue.current());

    const events = openUploadEvents(connection, onLost);
    closers.push(() => events.close());

    const imports = openImports(config, connection, database.run, (error, upload) =>
      log.error({ err: error, upload }, 'an import failed'),
    );
    closers.push(() => imports.close());
    const publisher = openPublisher(config, connection, database.run, (error, upload) =>
      log.error({ err: error, upload }, 'publishing failed'),
    );
    closers.push(() => publisher.close());
    const restorer = openRestorer(database, {
      budget: { records: config.TILE_RECORDS, bytes: config.TILE_BYTES },
      versionsKept: config.VERSIONS_KEEP,
      onError: (error, restoration) => log.warn({ err: error, restoration }, 'a version was not restored'),
    });
    closers.push(() => restorer.close());
    const budget = { records: config.TILE_RECORDS, bytes: config.TILE_BYTES };
    const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
    const analysing = openAnalysing({
      ...{ connection, limits, software: version, onQuery: metrics.onQuery },
      onError: (error) => log.warn({ err: error }, 'the process that answers questions had a failure'),
    });
    closers.push(() => analysing.close());
    const jobs = openAnalysisJobs({
      run: database.run,
      keepDays: config.ANALYSIS_KEEP_DAYS,
      toProblem: toJobProblem,
      onError: (error, job) => log.warn({ err: error, job }, 'an analysis failed'),
    });
    closers.push(() => jobs.close());
    const briefs = openBriefs(database.transaction, {
      max: config.BRIEFS_MAX,
      versionsKept: config.BRIEF_VERSIONS_KEEP,
    });
    const cache = new TileCache(config.CACHE_MB * 1_000_000);
    const { current, isFresh, refresh } = catalogue;
    const analysis: Context['analysis'] = {
      ...{ processes: PROCESSES, jobs, answer: analysing.answer, weigh: analysing.weigh },
      keep: (result, how) => keepResult(database.transaction, result, how, { budget }),
    };
    if (isFirst) {
      watching = openWatching({
        context: { run: database.run, catalogue: current, refresh, analysis },
        slow: { compare: database.lanes.jobs.run, transaction: database.transaction },
        briefs,
        onError: (error, watch) => log.warn({ err: error, watch }, 'a watched question was not asked'),
      });
      closers.push(watching.close);
    }
    // Of this thread that lane is never used: it opens no connection.
    const lanes = Object.values({ ...database.lanes, analysis: analysing.lane });
    metrics.watch({ catalogue: current, isFresh, cache, lanes });
    const server = createServer(
      createHandler({
        catalogue: current,
        isFresh,
        refresh,
        run: database.run,
        tiles: keptTiles(database.runTile, postgisTiles(database.runTile, files.of)),
        cache,
        archives: {
          source: { run: database.lanes.jobs.run, tiles: postgisTiles(database.lanes.jobs.run) },
          kept: archiveFolder(path.join(config.DATA_DIR, 'exports'), config.EXPORTS_MB * 1_000_000),
          maxTiles: MAX_ARCHIVE_TILES,
        },
        auth: openTokens(database.run),
        uploads: {
          folder: uploadFolder(uploadsFolder(config), uploadLimits(config)),
          events,
          launch: (id) => void imports.launch(id),
          publish: publisher.publish,
        },
        versions: restorer,
        editor: openEditor(database.transaction, { budget, versionsKept: config.VERSIONS_KEEP }),
        views: openViews({ keep: config.VIEWS_KEEP, maxBytes: config.VIEWS_MB * 1_000_000 }),
        briefs,
        analysis,
        printer: openPrinter({
          ...{ executable: findChromium(config.CHROMIUM), places: slots(PRINTING) },
          limitMs: config.PDF_SECONDS * 1000,
        }),
        metrics,
        readMetrics,
        mapSettings: MapSettingsSchema.parse(JSON.parse(await readFile(path.join(root, 'geodata/map.json'), 'utf8'))),
        serviceWorker: config.SERVICE_WORKER,
        clientFolder: path.join(root, 'dist/client'),
        publicUrl: config.PUBLIC_URL,
        version,
        log,
      }),
    );
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    // A file may take hours over a satellite link: who sends nothing is given up in http/uploads.
    server.requestTimeout = 0;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(config.PORT, config.HOST, resolve);
    });
    closers.push(
      () =>
        new Promise((resolve) => {
          setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref();
          server.close(() => resolve());
          server.closeIdleConnections();
        }),
    );
    // Else whoever follows an upload would hold up the end.
    closers.push(() => events.close());
    return { port: (server.address() as AddressInfo).port, close };
  } catch (error) {
    await close();
    throw error;
  }
}
