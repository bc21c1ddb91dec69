/**
 * Brings back what `npm run backup` has put into a folder, into a database that holds nothing of ours yet: a new DATA_DIR, or
 * an empty database at DATABASE_URL. PostgreSQL may be of a newer major than the one that was dumped.
 *
 *   npm run restore -- azalai-2026-11-21
 */
import { existsSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseConfig } from '../server/config.ts';
import { describeDatabase } from './backup/describe-database.ts';
import { DUMP, MANIFEST, type Manifest, ManifestSchema, UPLOADS } from './backup/manifest.ts';
import { reach } from './backup/reach.ts';
import { runProgram } from './backup/run-program.ts';
import { sha256 } from './backup/sha256.ts';

/** What stands in the way, in words for the person at the keyboard. */
class Refused extends Error {}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch(() => {
    throw new Refused(`${folder} is no backup: it has no ${MANIFEST}.`);
  });
  const manifest = ManifestSchema.safeParse(JSON.parse(text));
  if (!manifest.success) throw new Refused(`${path.join(folder, MANIFEST)} is not that of a backup of this version.`);
  if ((await sha256(path.join(folder, DUMP))) !== manifest.data.sha256) {
    throw new Refused(`${path.join(folder, DUMP)} is damaged: its checksum is not the one in ${MANIFEST}.`);
  }
  return manifest.data;
}

async function isTaken(url: string): Promise<boolean> {
  const question = `SELECT to_regnamespace('azalai') IS NOT NULL`;
  const said = await runProgram('psql', ['--no-psqlrc', '--tuples-only', '--no-align', `--command=${question}`, url]);
  return said.trim() === 't';
}

async function restore(folder: string): Promise<void> {
  const manifest = await readManifest(folder);
  const config = parseConfig(process.env);
  const uploads = path.join(config.DATA_DIR, UPLOADS);
  const database = await reach(config);
  try {
    if ((await isTaken(database.url)) || existsSync(uploads)) {
      throw new Refused(
        'There are layers here already, and nothing is written over them: name another DATA_DIR or database.',
      );
    }
    // All of it or nothing. Comments on extensions are their owner's to make.
    const how = ['--no-owner', '--no-privileges', '--no-comments', '--single-transaction', '--exit-on-error'];
    await runProgram('pg_restore', [...how, `--dbname=${database.url}`, path.join(folder, DUMP)]);
    if (existsSync(path.join(folder, UPLOADS))) await cp(path.join(folder, UPLOADS), uploads, { recursive: true });
    const { layers, versions } = await describeDatabase(database.url);
    if (layers !== manifest.layers || versions !== manifest.versions) {
      throw new Refused(
        `${layers} layers in ${versions} versions came back: ${manifest.layers} in ${manifest.versions} were there.`,
      );
    }
    console.log(`${layers} layers in ${versions} versions are back, as they were at ${manifest.createdAt}.`);
  } finally {
    await database.close();
  }
}

const [folder, ...others] = process.argv.slice(2);
if (!folder || others.length > 0 || folder.startsWith('-')) {
  console.error('Usage: npm run restore -- FOLDER');
  process.exit(2);
}
restore(folder).catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
