/**
 * Writes layers into one file that a map reads without this server:
 *
 *   npm run export -- pmtiles --collections attacks,mines --out mali.pmtiles
 *   npm run export -- pmtiles --with-client --out /media/stick/mali
 *
 * Works on the database that the server uses, also while it runs. `docs/export.md` has the rest.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseConfig } from '../server/config.ts';
import { AzalaiError } from '../server/core/errors.ts';
import { MapSettingsSchema } from '../server/core/map-settings.ts';
import { readCatalogue } from '../server/db/catalogue.ts';
import { openArchiveFile } from '../server/jobs/export/archive-file.ts';
import { exportFolder } from '../server/jobs/export/offline-folder.ts';
import { type ExportProgress, exportArchive } from '../server/jobs/export.ts';
import { postgisTiles } from '../server/tiles/postgis.ts';
import { InvalidArguments, parseArguments, USAGE } from './export/arguments.ts';
import { toOfflineRequest, toRequest } from './export/request.ts';
import { GEODATA, openServerDatabase } from './server-database.ts';

/** The page as `npm start` builds it. */
const CLIENT = path.resolve(import.meta.dirname, '../dist/client');

const PROGRESS_MS = 2000;

/** Says how far it is every other moment. */
function progressTo(write: (line: string) => void): (progress: ExportProgress) => void {
  let last = Date.now();
  return ({ z, tiles }) => {
    if (Date.now() - last < PROGRESS_MS) return;
    last = Date.now();
    write(`zoom ${z}: ${tiles.toLocaleString('en')} tiles`);
  };
}

async function run(): Promise<void> {
  const args = parseArguments(process.argv.slice(2));
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

  const database = await openServerDatabase(parseConfig(process.env));
  try {
    const map = MapSettingsSchema.parse(JSON.parse(await readFile(path.join(GEODATA, 'map.json'), 'utf8')));
    const catalogue = await readCatalogue(database.run);
    const source = { run: database.run, tiles: postgisTiles(database.runTile) };
    const options = { signal: stopped.signal, onProgress: progressTo((line) => console.error(line)) };
    const out = path.resolve(args.out);
    if (args.withClient) {
      const request = toOfflineRequest(args, catalogue, map, CLIENT, new Date());
      await exportFolder(source, request, out, options);
      console.log(`${out}: the map of ${request.layers.length} collections, for a static server that answers ranges.`);
    } else {
      const request = toRequest(args, catalogue, map, new Date());
      const { tiles, contents, bytes } = await exportArchive(source, request, () => openArchiveFile(out), options);
      const size = bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
      const zooms = `zooms ${request.minzoom} to ${request.maxzoom}`;
      console.log(`${out}: ${tiles} tiles (${contents} different), ${zooms}, ${size}.`);
    }
  } finally {
    await database.close();
  }
}

run().catch((error: unknown) => {
  if (error instanceof InvalidArguments) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  // A cause that is named needs no stack.
  console.error(error instanceof AzalaiError ? error.message : error);
  process.exitCode = 1;
});
