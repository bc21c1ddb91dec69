/**
 * Writes layers into a file that a map reads without this server, or the map itself:
 *
 *   npm run export -- pmtiles --collections attacks,mines --out mali.pmtiles
 *   npm run export -- pmtiles --with-client --out /media/stick/mali
 *   npm run export -- html --brief 1b4e28ba-2fa1-41d2-883f-0016d3cca427 --out brief.html
 *
 * Works on the database that the server uses, also while it runs. `docs/export.md` has the rest.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseConfig } from '../server/config.ts';
import { AzalaiError } from '../server/core/errors.ts';
import { MapSettingsSchema } from '../server/core/map-settings.ts';
import { readCatalogue } from '../server/db/catalogue.ts';
import { readBrief } from '../server/jobs/briefs/read-brief.ts';
import { openArchiveFile } from '../server/jobs/export/archive-file.ts';
import { exportFolder } from '../server/jobs/export/offline-folder.ts';
import { exportSingleFile } from '../server/jobs/export/single-file.ts';
import { type ExportProgress, exportArchive } from '../server/jobs/export.ts';
import { FULL_ACCESS } from '../server/query/filter.ts';
import { postgisTiles } from '../server/tiles/postgis.ts';
import { InvalidArguments, parseArguments, USAGE } from './export/arguments.ts';
import { toOfflineRequest, toRequest, toTypedCopy } from './export/request.ts';
import { GEODATA, openServerDatabase } from './server-database.ts';

/** The page as `npm start` builds it; CLIENT_FOLDER names another, with `single` beside it. */
const CLIENT = process.env.CLIENT_FOLDER ?? path.resolve(import.meta.dirname, '../dist/client');
const PAGE = { client: CLIENT, single: path.resolve(CLIENT, '../single') };

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

const sizeText = (bytes: number) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

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
    if (args.format !== 'pmtiles') {
      const brief = args.brief === undefined ? undefined : await readBrief(database.run, args.brief, FULL_ACCESS);
      const request = toTypedCopy(args, brief, catalogue, map, new Date());
      for (const { en } of request.leftOut ?? []) console.error(`Without "${en}": it may not be passed on.`);
      if (request.notPublic) console.error(`Without ${request.notPublic} that are not public.`);
      const made = `${out}: ${brief ? `"${brief.title}" with ` : ''}${request.layers.length} collections`;
      if (args.format === 'folder') {
        await exportFolder(source, { ...request, clientFolder: CLIENT }, out, options);
        console.log(`${made}, for a static server that answers ranges.`);
      } else {
        const { bytes } = await exportSingleFile(source, request, PAGE, () => openArchiveFile(out), options);
        console.log(`${made}, ${sizeText(bytes)}.`);
      }
    } else if (args.withClient) {
      const request = toOfflineRequest(args, catalogue, map, CLIENT, new Date());
      await exportFolder(source, request, out, options);
      console.log(`${out}: the map of ${request.layers.length} collections, for a static server that answers ranges.`);
    } else {
      const request = toRequest(args, catalogue, map, new Date());
      const { tiles, contents, bytes } = await exportArchive(source, request, () => openArchiveFile(out), options);
      const zooms = `zooms ${request.minzoom} to ${request.maxzoom}`;
      console.log(`${out}: ${tiles} tiles (${contents} different), ${zooms}, ${sizeText(bytes)}.`);
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
