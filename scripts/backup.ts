/**
 * Puts everything the server holds into a folder that is made for it, also while the server runs:
 *
 *   npm run backup -- azalai-2026-11-21
 *
 * The folder holds `database.dump` (pg_dump, custom format), `uploads/` and `manifest.json`. `npm run restore` brings it
 * back.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseConfig } from '../server/config.ts';
import { describeDatabase } from './backup/describe-database.ts';
import { DUMP, MANIFEST, type Manifest, UPLOADS } from './backup/manifest.ts';
import { reach } from './backup/reach.ts';
import { runProgram } from './backup/run-program.ts';
import { sha256 } from './backup/sha256.ts';

async function backup(folder: string): Promise<Manifest> {
  const config = parseConfig(process.env);
  const database = await reach(config);
  const part = `${folder}.part`;
  try {
    await rm(part, { recursive: true, force: true });
    await mkdir(part, { recursive: true, mode: 0o700 });
    const dump = path.join(part, DUMP);
    await runProgram('pg_dump', ['--format=custom', '--no-owner', '--no-privileges', `--file=${dump}`, database.url]);
    const uploads = path.join(config.DATA_DIR, UPLOADS);
    // Files on their way are left out: their senders begin again.
    if (existsSync(uploads)) await cp(uploads, path.join(part, UPLOADS), { recursive: true, preserveTimestamps: true });
    const manifest: Manifest = {
      format: 1,
      createdAt: new Date().toISOString(),
      ...(await describeDatabase(database.url)),
      sha256: await sha256(dump),
    };
    await writeFile(path.join(part, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await rename(part, folder);
    return manifest;
  } finally {
    await rm(part, { recursive: true, force: true });
    await database.close();
  }
}

const [folder, ...others] = process.argv.slice(2);
if (!folder || others.length > 0 || folder.startsWith('-')) {
  console.error('Usage: npm run backup -- FOLDER');
  process.exit(2);
}
if (existsSync(folder)) {
  console.error(`${folder} is there already: a backup goes into a folder of its own.`);
  process.exit(1);
}
backup(folder).then(
  ({ layers, versions }) => console.log(`${folder} holds ${layers} layers in ${versions} versions.`),
  (error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  },
);
