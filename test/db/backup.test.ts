import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openServerDatabase } from '../../scripts/server-database.ts';
import { parseConfig } from '../../server/config.ts';
import { LayerSchema } from '../../server/core/layer.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { createBrief } from '../../server/jobs/briefs/write-brief.ts';
import { publish } from '../../server/jobs/publish.ts';
import { openViews } from '../../server/jobs/views/store-view.ts';
import { PREFIX } from '../support/cluster.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LAYER = LayerSchema.parse(EVENTS);
const RECORDS = Array.from({ length: 200 }, (_, index) => eventRecord(index + 1, -8 + index / 20, 12 + index / 40));

function run(script: string, args: readonly string[], dataDir: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', './scripts/test/strip.mjs', `scripts/${script}.ts`, ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, DATA_DIR: dataDir },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
    child.once('close', (code) => resolve({ code, said }));
  });
}

describe('backup and restore', function () {
  this.timeout(120_000);
  let folder: string;
  let dataDir: string;
  let backup: string;

  const contentOf = async (of: string) => {
    const database = await openServerDatabase(parseConfig({ DATA_DIR: of }));
    try {
      const [layer] = (await readCatalogue(database.run)).layers;
      const all = (table: string) => database.run({ text: `SELECT * FROM ${table} AS t ORDER BY t::text`, values: [] });
      const tables = ['', '_hex', '_rollup', '_tile'].map((part) => `layer.${layer?.table}${part}`);
      const rows = [];
      const briefs = ['azalai.view', 'azalai.brief', 'azalai.brief_version'];
      for (const table of [...tables, 'azalai.layer', 'azalai.version', ...briefs]) rows.push(await all(table));
      return { layer, rows };
    } finally {
      await database.close();
    }
  };

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-backup-`));
    // As root the database runs under another user, which must be able to pass.
    chmodSync(folder, 0o755);
    dataDir = path.join(folder, 'data');
    backup = path.join(folder, 'kept');
    const database = await openServerDatabase(parseConfig({ DATA_DIR: dataDir }));
    await database.transaction((to) => publish(to, LAYER, RECORDS, { generation: 3, seedHash: null }));
    const shown = { address: '#map=5/14/-3', layers: { events: 3 } };
    await openViews({ keep: 10, maxBytes: 1e6 }).store(database.run, shown);
    await createBrief(database.transaction, {
      ...{ title: 'Kept', language: 'en', handling: 'internal', views: [{ title: 'Here', note: '', view: shown }] },
    });
    await database.close();
    mkdirSync(path.join(dataDir, 'uploads/7'), { recursive: true });
    writeFileSync(path.join(dataDir, 'uploads/7/file'), 'as it came');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('brings everything back when the folder is lost', async () => {
    const before = await contentOf(dataDir);
    expect(before.layer?.count).to.equal(200);
    expect(before.rows.every((rows) => rows.length > 0)).to.equal(true);
    const made = await run('backup', [backup], dataDir);
    expect(made.said).to.match(/kept holds 1 layers in \d+ versions\./);
    rmSync(dataDir, { recursive: true });
    const back = await run('restore', [backup], dataDir);
    expect(back.said).to.match(/1 layers in \d+ versions are back, as they were at 20/);
    expect([made.code, back.code]).to.deep.equal([0, 0]);
    expect(await contentOf(dataDir)).to.deep.equal(before);
    expect(readFileSync(path.join(dataDir, 'uploads/7/file'), 'utf8')).to.equal('as it came');
  });

  it('never writes over layers that are there, nor takes a damaged dump, and leaves no half backup', async () => {
    expect((await run('backup', [backup], dataDir)).code).to.equal(0);
    const over = await run('restore', [backup], dataDir);
    expect([over.code, over.said]).to.deep.equal([
      1,
      'There are layers here already, and nothing is written over them: name another DATA_DIR or database.\n',
    ]);
    const again = await run('backup', [backup], dataDir);
    expect([again.code, again.said]).to.deep.equal([
      1,
      `${backup} is there already: a backup goes into a folder of its own.\n`,
    ]);
    appendFileSync(path.join(backup, 'database.dump'), 'x');
    const damaged = await run('restore', [backup], path.join(folder, 'other'));
    expect(damaged.code).to.equal(1);
    expect(damaged.said).to.match(/database\.dump is damaged: its checksum/);
    expect(existsSync(path.join(folder, 'other'))).to.equal(false);
    expect((await run('restore', [folder], path.join(folder, 'other'))).said).to.match(/is no backup/);
    expect((await run('backup', [], dataDir)).code).to.equal(2);
  });
});
