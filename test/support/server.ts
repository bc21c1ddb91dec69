import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { type AnalysingOptions, openAnalysing } from '../../server/analysing.ts';
import { analystHere } from '../../server/analysis/asking/analyst.ts';
import { PROCESSES } from '../../server/analysis/registry.ts';
import { MapSettingsSchema } from '../../server/core/map-settings.ts';
import { openCatalogue } from '../../server/db/live-catalogue.ts';
import { slots } from '../../server/db/slots.ts';
import { openUploadEvents } from '../../server/db/upload-events.ts';
import type { Context } from '../../server/http/context.ts';
import { createHandler } from '../../server/http/hot/handler.ts';
import { createMetrics } from '../../server/http/metrics.ts';
import { toJobProblem } from '../../server/http/processes/job-problem.ts';
import { openAnalysisJobs } from '../../server/jobs/analysis/jobs.ts';
import { keepResult } from '../../server/jobs/analysis/keep-result.ts';
import { versionAsked } from '../../server/jobs/analysis/version-asked.ts';
import { openBriefs } from '../../server/jobs/briefs/open-briefs.ts';
import { openEditor } from '../../server/jobs/editor.ts';
import { archiveFolder } from '../../server/jobs/export/archive-folder.ts';
import { findChromium } from '../../server/jobs/pdf/find-chromium.ts';
import { openPrinter } from '../../server/jobs/pdf/printer.ts';
import { openRestorer } from '../../server/jobs/restorations.ts';
import { uploadFolder } from '../../server/jobs/uploads/upload-folder.ts';
import { openViews } from '../../server/jobs/views/store-view.ts';
import { TileCache } from '../../server/tiles/cache.ts';
import { keptTiles } from '../../server/tiles/kept.ts';
import { postgisTiles } from '../../server/tiles/postgis.ts';
import { PREFIX } from './cluster.ts';
import { GEODATA, seededDatabase, type TestDatabase } from './database.ts';

/** Administers a server of `startServer`. */
export const TEST_TOKEN = 'a-token-for-tests';

const VERSION = '0.0.0-test';

export interface TestServer {
  readonly url: string;
  readonly database: TestDatabase;
  readonly context: Context;
  close(): Promise<void>;
}

/**
 * The real application on a seeded database of its own and a port that the system chooses. Questions are answered in this
 * thread, where tests have processes of their own, unless one of their own is described.
 */
export async function startServer(
  changes: Partial<Context> | ((context: Context) => Partial<Context>) = {},
  thread?: Pick<AnalysingOptions, 'entry' | 'heapMb' | 'onError'>,
): Promise<TestServer> {
  const database = await seededDatabase();
  const dataDir = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-context-`));
  const ignore = () => undefined;
  const catalogue = await openCatalogue(database.connection, database.run, { onChange: ignore, onError: ignore });
  const events = openUploadEvents(database.connection, ignore);
  const metrics = createMetrics('test');
  const restorer = openRestorer(database, { onError: ignore });
  const jobs = openAnalysisJobs({ run: database.run, keepDays: 7, toProblem: toJobProblem, onError: ignore });
  const analysing =
    thread &&
    openAnalysing({
      ...{ connection: database.connection, limits: {}, software: VERSION, onQuery: metrics.onQuery },
      ...thread,
    });
  const plain: Context = {
    catalogue: catalogue.current,
    isFresh: catalogue.isFresh,
    refresh: catalogue.refresh,
    run: database.run,
    tiles: keptTiles(database.runTile, postgisTiles(database.runTile)),
    cache: new TileCache(10_000_000),
    archives: {
      source: { run: database.lanes.jobs.run, tiles: postgisTiles(database.lanes.jobs.run) },
      kept: archiveFolder(path.join(dataDir, 'exports'), 100_000_000),
      maxTiles: 5_000,
    },
    auth: { accepts: async (token) => token === TEST_TOKEN },
    uploads: {
      folder: uploadFolder(path.join(dataDir, 'uploads'), { maxBytes: 50_000_000, maxAllBytes: 100_000_000 }),
      events,
      launch: () => undefined,
      publish: () => undefined,
    },
    versions: restorer,
    editor: openEditor(database.transaction),
    views: openViews({ keep: 1000, maxBytes: 10_000_000 }),
    briefs: openBriefs(database.transaction),
    analysis: {
      ...(analysing ?? analystHere({ run: database.runAnalysis, version: versionAsked, software: VERSION })),
      ...{ processes: PROCESSES, jobs },
      keep: (result, how) => keepResult(database.transaction, result, how),
    },
    printer: openPrinter({
      ...{ executable: findChromium(process.env.CHROMIUM), limitMs: 100_000 },
      places: slots({ max: 1, queueMax: 1, waitMs: 20_000 }),
    }),
    metrics,
    readMetrics: () => metrics.registry.metrics(),
    mapSettings: MapSettingsSchema.parse(JSON.parse(await readFile(path.join(GEODATA, 'map.json'), 'utf8'))),
    // Elsewhere while several builds of the page are tried at once.
    serviceWorker: 'on',
    clientFolder: process.env.CLIENT_FOLDER ?? path.resolve(import.meta.dirname, '../../dist/client'),
    publicUrl: undefined,
    version: VERSION,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
  };
  const context = { ...plain, ...(typeof changes === 'function' ? changes(plain) : changes) };
  const { cache } = context;
  metrics.watch({
    catalogue: context.catalogue,
    isFresh: context.isFresh,
    cache,
    lanes: Object.values({ ...database.lanes, ...(analysing ? { analysis: analysing.lane } : {}) }),
  });
  const server = createServer(createHandler(context));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    database,
    context,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await restorer.close();
      await jobs.close();
      await analysing?.close();
      await events.close();
      await catalogue.close();
      await database.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}
