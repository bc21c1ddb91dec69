import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { floorsPage } from '../../scripts/floors/page.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A small tree: what each file imports, and the one rule it breaks (none: it is as it should be; null: it only helps another). */
const TREE: Readonly<Record<string, { imports: readonly string[]; breaks?: string | null }>> = {
  'server/core/tile.ts': { imports: ['zod', './bbox.ts'] },
  'server/core/bbox.ts': { imports: ['@turf/turf'] },
  'server/core/cql2/ast.ts': { imports: ['../bbox.ts'] },
  'server/query/sql.ts': { imports: ['../core/tile.ts', '../core/cql2/ast.ts'] },
  'server/db/pool.ts': { imports: ['pg', '../query/sql.ts'] },
  'server/http/app.ts': { imports: ['express', '../db/pool.ts', '../core/tile.ts', './routes/tiles.ts'] },
  'server/http/routes/tiles.ts': { imports: ['../../query/sql.ts'] },
  'server/config.ts': { imports: ['zod'] },
  'server/main.ts': { imports: ['./config.ts', './http/app.ts', './set/primary.ts'] },
  'server/set/primary.ts': { imports: ['../config.ts'] },
  'client/map/start.ts': { imports: ['maplibre-gl', '../../server/core/bbox.ts'] },
  'client/main.ts': { imports: ['./map/start.ts'] },
  'client/state/layers.ts': { imports: ['../i18n/text.ts', '../map-style.ts'] },
  'client/i18n/text.ts': { imports: ['../map-style.ts'] },
  'client/map-style.ts': { imports: ['../server/core/bbox.ts'] },

  'server/core/upwards.ts': { imports: ['../query/sql.ts'], breaks: 'floor-0-core' },
  'server/core/reads.ts': { imports: ['node:fs', './bbox.ts'], breaks: 'pure-core-stats' },
  'server/core/framework.ts': { imports: ['pino', './bbox.ts'], breaks: 'pure-core-stats' },
  'server/stats/sideways.ts': { imports: ['../core/bbox.ts'], breaks: 'floor-0-stats' },
  'server/query/upwards.ts': { imports: ['../db/pool.ts'], breaks: 'floor-1-query' },
  'server/encode/sideways.ts': { imports: ['../query/sql.ts'], breaks: 'floor-1-encode' },
  'server/query/reads.ts': { imports: ['node:fs/promises', './sql.ts'], breaks: 'pure-query-encode-ingest' },
  'server/jobs/sideways.ts': { imports: ['../db/pool.ts'], breaks: 'floor-2-jobs' },
  'server/db/upwards.ts': { imports: ['../http/app.ts'], breaks: 'floor-2-db' },
  'server/http/set.ts': { imports: ['../set/primary.ts'], breaks: 'floors-stand-alone' },
  'server/http/roof.ts': { imports: ['../config.ts'], breaks: 'floor-3-http' },
  'server/tiles/database.ts': { imports: ['pg', '../core/bbox.ts'], breaks: 'pg-in-db' },
  'server/db/web.ts': { imports: ['express', '../core/bbox.ts'], breaks: 'express-in-http' },
  'client/i18n/upwards.ts': { imports: ['../state/layers.ts'], breaks: 'client-0-i18n' },
  'client/state/upwards.ts': { imports: ['../map/start.ts'], breaks: 'client-3-state' },
  'client/search/sideways.ts': { imports: ['../address/parts.ts'], breaks: 'client-4-search' },
  'client/address/parts.ts': { imports: ['../state/layers.ts'] },
  'client/second-map.ts': { imports: ['maplibre-gl', './main.ts'], breaks: 'maplibre-in-map' },
  'client/reaches.ts': { imports: ['../server/query/sql.ts'], breaks: 'client-knows-core-only' },
  'server/http/page.ts': { imports: ['../../client/main.ts'], breaks: 'server-knows-no-client' },
  'server/http/alone.ts': { imports: [], breaks: 'no-orphans' },
  'server/http/nowhere.ts': { imports: ['./is-not-there.ts'], breaks: 'resolvable' },
  'server/http/round.ts': { imports: ['./trip.ts'], breaks: 'no-cycles' },
  'server/http/trip.ts': { imports: ['./round.ts'], breaks: null },
};

describe('the floors', function () {
  this.timeout(60_000);
  let folder: string;
  let broken: Map<string, string[]>;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-floors-'));
    const packages = [...new Set(Object.values(TREE).flatMap(({ imports }) => imports.filter(isPackage)))];
    for (const [file, { imports }] of Object.entries(TREE)) {
      const lines = imports.map((name) => `import '${name}';`);
      write(file, `${lines.join('\n')}\nexport const here = '${file}';\n`);
    }
    for (const name of packages) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
      write(`node_modules/${name}/index.js`, '');
    }
    const dependencies = Object.fromEntries(packages.map((name) => [name, '1.0.0']));
    write('package.json', JSON.stringify({ name: 'tree', type: 'module', dependencies }));
    for (const name of ['tsconfig.json', '.dependency-cruiser.cjs'])
      write(name, readFileSync(path.join(ROOT, name), 'utf8'));
    broken = await cruise();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const isPackage = (name: string) => !name.startsWith('.') && !name.startsWith('node:');
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };

  /** Names of the broken rules per file, as the program that `npm run check:floors` calls finds them. */
  const cruise = async () => {
    const program = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'server', 'client'];
    const { output, code } = await new Promise<{ output: string; code: unknown }>((resolve) => {
      execFile(process.execPath, [program, ...options], { cwd: folder, maxBuffer: 1e8 }, (error, output) =>
        resolve({ output, code: error?.code ?? 0 }),
      );
    });
    expect(output, `dependency-cruiser ended with ${code} and said nothing`).not.to.equal('');
    const { violations } = JSON.parse(output).summary as { violations: { from: string; rule: { name: string } }[] };
    const found = new Map<string, string[]>();
    for (const { from, rule } of violations) found.set(from, [...(found.get(from) ?? []), rule.name]);
    return found;
  };

  for (const [file, { imports, breaks }] of Object.entries(TREE)) {
    const what = `${file} with ${imports.join(', ') || 'no import'}`;
    if (breaks) it(`refuse ${what}: ${breaks}`, () => expect(broken.get(file)).to.include(breaks));
    else if (breaks === undefined) it(`allow ${what}`, () => expect(broken.get(file)).to.equal(undefined));
  }

  it('are drawn in docs/floors.md as they are (npm run floors)', async () => {
    expect(readFileSync(path.join(ROOT, 'docs/floors.md'), 'utf8')).to.equal(await floorsPage(ROOT));
  });
});
