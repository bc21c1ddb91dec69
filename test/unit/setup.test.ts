import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { packagesAreStale } from '../../scripts/setup/packages.mjs';
import { findPostgres } from '../../scripts/setup/postgres.mjs';
import { decide, installScript, mayInstall, missingSystem, releaseOf } from '../../scripts/setup/system.mjs';
import { findPostgres as findForServer } from '../../server/db/postgres-binaries.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A fresh Debian 12 as root; each test changes what it is about. */
const DEBIAN = {
  hasPostgres: () => false,
  hasChromium: () => false,
  hasGdal: () => false,
  hasPoppler: () => false,
  hasFirefox: () => false,
  hasQgis: () => false,
  hasApt: () => true,
  isRoot: () => true,
  hasSudo: () => false,
  release: () => 'debian 12',
  installedMajors: (): number[] => [],
  postgisMajors: (): number[] => [],
};
const oneLine = (text: string | undefined) => {
  expect(text).to.be.a('string').and.not.include('\n');
  return text as string;
};

describe('the set-up', () => {
  let temp: string;
  beforeEach(() => {
    temp = realpathSync(mkdtempSync(path.join(tmpdir(), 'azalai-setup-')));
  });
  afterEach(() => rmSync(temp, { recursive: true, force: true }));

  const write = (file: string, text: string, mode = 0o644) => {
    const full = path.join(temp, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
    chmodSync(full, mode);
  };

  describe('decides what the system lacks', () => {
    const names = (mode: string, environment: Record<string, string>, machine = DEBIAN) =>
      missingSystem(mode, environment, machine).map((need) => need.name.split(' ')[0]);

    it('a server for npm start, and a browser, GDAL and Poppler for npm test', () => {
      expect(names('start', {})).to.deep.equal(['PostgreSQL']);
      expect(names('test', {})).to.deep.equal(['PostgreSQL', 'Chromium', 'GDAL', 'Poppler', 'Firefox']);
    });

    it('nothing for npm start with a database of one’s own; the tests need theirs all the same', () => {
      expect(names('start', { DATABASE_URL: 'postgres://db/azalai' })).to.deep.equal([]);
      expect(names('start', { DATABASE_URL: '' })).to.deep.equal(['PostgreSQL']);
      expect(names('test', { DATABASE_URL: 'postgres://db/azalai' })).to.deep.equal([
        'PostgreSQL',
        'Chromium',
        'GDAL',
        'Poppler',
        'Firefox',
      ]);
    });

    it('nothing to build an image, and nothing when all is there', () => {
      expect(names('build', {})).to.deep.equal([]);
      const complete = {
        ...DEBIAN,
        hasPostgres: () => true,
        hasChromium: () => true,
        hasGdal: () => true,
        hasPoppler: () => true,
        hasFirefox: () => true,
      };
      expect(names('test', {}, complete)).to.deep.equal([]);
      expect(names('qgis', {}, { ...complete, hasQgis: () => true })).to.deep.equal([]);
    });

    it('a server and QGIS for its tests, which are left out where it cannot be had', () => {
      expect(names('qgis', {})).to.deep.equal(['PostgreSQL', 'QGIS']);
      const optional = (mode: string) =>
        missingSystem(mode, {}, DEBIAN)
          .filter((need) => 'isOptional' in need && need.isOptional)
          .map(({ name }) => name);
      expect(optional('qgis')).to.deep.equal(['QGIS']);
      expect(optional('test')).to.deep.equal(['Firefox']);
      expect(mayInstall(DEBIAN)).to.equal(true);
      expect(mayInstall({ ...DEBIAN, isRoot: () => false })).to.equal(false);
      expect(mayInstall({ ...DEBIAN, isRoot: () => false, hasSudo: () => true })).to.equal(true);
      expect(mayInstall({ ...DEBIAN, hasApt: () => false })).to.equal(false);
    });
  });

  it('takes Firefox on Debian only: elsewhere it has another name', () => {
    const ubuntu = { ...DEBIAN, release: () => 'ubuntu 24.04' };
    expect(missingSystem('test', {}, ubuntu).map(({ name }) => name)).to.not.include('Firefox');
  });

  describe('decides how to get it', () => {
    const plan = (change: Partial<typeof DEBIAN>, mode = 'start') =>
      decide(missingSystem(mode, {}, { ...DEBIAN, ...change }), { ...DEBIAN, ...change });

    it('as root on Debian 12: its own packages, known without asking', () => {
      expect(plan({})).to.deep.equal({ packages: ['postgresql-15', 'postgresql-15-postgis-3'], by: [] });
      expect(plan({}, 'test').packages).to.deep.equal([
        'postgresql-15',
        'postgresql-15-postgis-3',
        'chromium',
        'gdal-bin',
        'poppler-utils',
        'firefox-esr',
      ]);
    });

    it('by sudo when it asks no password', () => {
      expect(plan({ isRoot: () => false, hasSudo: () => true }).by).to.deep.equal(['sudo', '-n']);
    });

    it('elsewhere: the newest that apt knows', () => {
      const ubuntu = { release: () => 'ubuntu 24.04', postgisMajors: () => [16] };
      expect(plan(ubuntu).packages).to.deep.equal(['postgresql-16', 'postgresql-16-postgis-3']);
    });

    it('PostGIS for the server that is there already, when apt has it', () => {
      const pgdg = { installedMajors: () => [17], postgisMajors: () => [18, 17, 16, 15] };
      expect(plan(pgdg).packages).to.deep.equal(['postgresql-17', 'postgresql-17-postgis-3']);
      expect(plan({ ...pgdg, postgisMajors: () => [15] }).packages).to.deep.equal([
        'postgresql-15',
        'postgresql-15-postgis-3',
      ]);
    });

    it('where it may not: one line with what is missing and both ways out', () => {
      const line = oneLine(plan({ isRoot: () => false }, 'test').refusal);
      expect(line).to.include('PostgreSQL 15 or newer with PostGIS 3.3 or newer and Chromium and GDAL and Poppler');
      expect(line).to.include(
        'apt-get install --no-install-recommends postgresql-15 postgresql-15-postgis-3 chromium gdal-bin poppler-utils',
      );
      expect(line).to.include('docker compose up');
    });

    it('without apt, or when apt knows none: one line too', () => {
      expect(oneLine(plan({ hasApt: () => false }).refusal)).to.include('docker compose up');
      expect(oneLine(plan({ release: () => 'ubuntu 20.04' }).refusal)).to.include('knows no package');
    });

    it('keeps Debian from making a cluster of its own, and takes that switch away again', () => {
      const script = installScript(['postgresql-15']);
      const off = script.indexOf("echo 'create_main_cluster = false' >");
      const away = script.indexOf("trap 'rm -f /etc/postgresql-common/createcluster.d/azalai-setup.conf' EXIT");
      expect(away).to.be.above(-1);
      expect(off).to.be.above(away);
      expect(script.indexOf('apt-get install')).to.be.above(off);
    });

    it('reads the release of the system', () => {
      expect(releaseOf('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n')).to.equal(
        'debian 12',
      );
      expect(releaseOf('ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n')).to.equal('ubuntu 24.04');
      expect(releaseOf('')).to.equal('');
    });
  });

  describe('finds PostgreSQL', () => {
    const debian = (major: number, postgis: string | null) => {
      write(`usr/lib/postgresql/${major}/bin/initdb`, '', 0o755);
      write(`usr/lib/postgresql/${major}/bin/postgres`, '', 0o755);
      const control = `usr/share/postgresql/${major}/extension/postgis.control`;
      if (postgis) write(control, `# postgis\ndefault_version = '${postgis}'\n`);
    };
    const found = (folders = '') => findPostgres({ path: folders, usr: path.join(temp, 'usr') });

    it('the newest with PostGIS; not one without, nor one that is too old', () => {
      expect(found()).to.equal(undefined);
      debian(14, '3.4.0');
      debian(15, '3.3.2');
      debian(17, null);
      expect(found()).to.equal(path.join(temp, 'usr/lib/postgresql/15/bin'));
      debian(16, '3.2.0');
      expect(found(), 'PostGIS 3.2 is too old').to.equal(path.join(temp, 'usr/lib/postgresql/15/bin'));
      debian(16, '3.4.2');
      expect(found()).to.equal(path.join(temp, 'usr/lib/postgresql/16/bin'));
    });

    it('one of a build of one’s own in PATH', () => {
      write('own/bin/initdb', '', 0o755);
      write('own/bin/postgres', '#!/bin/sh\necho "postgres (PostgreSQL) 16.4"\n', 0o755);
      expect(found(path.join(temp, 'own/bin'))).to.equal(undefined);
      write('own/share/postgresql/extension/postgis.control', "default_version = '3.5.0'\n");
      expect(found(path.join(temp, 'own/bin'))).to.equal(path.join(temp, 'own/bin'));
    });

    it('where the server finds it', () => {
      expect(findPostgres()).to.equal(findForServer()?.bin);
    });
  });

  describe('compares node_modules with package-lock.json', () => {
    const lock = (packages: Record<string, object>) => JSON.stringify({ packages: { '': {}, ...packages } });
    const wanted = {
      'node_modules/pg': { version: '8.1.0', integrity: 'a' },
      'node_modules/mac': { version: '1.0.0', optional: true },
    };

    it('absent, other version, other content, missing: stale; an optional one of another system: not', () => {
      write('package-lock.json', lock(wanted));
      expect(packagesAreStale(temp)).to.equal(true);
      const cases: [object, boolean][] = [
        [{ 'node_modules/pg': { version: '8.1.0', integrity: 'a' } }, false],
        [{ 'node_modules/pg': { version: '8.0.0', integrity: 'a' } }, true],
        [{ 'node_modules/pg': { version: '8.1.0', integrity: 'b' } }, true],
        [{ 'node_modules/other': { version: '8.1.0' } }, true],
      ];
      for (const [installed, stale] of cases) {
        write('node_modules/.package-lock.json', lock(installed as Record<string, object>));
        expect(packagesAreStale(temp), JSON.stringify(installed)).to.equal(stale);
      }
    });

    it('holds for this checkout', () => expect(packagesAreStale(ROOT)).to.equal(false));
  });

  describe('runs as a whole, with programs that only take notes', function () {
    this.timeout(30_000);
    const log = () =>
      existsSync(path.join(temp, 'log')) ? readFileSync(path.join(temp, 'log'), 'utf8').trim().split('\n') : [];

    beforeEach(() => {
      cpSync(path.join(ROOT, 'scripts/setup'), path.join(temp, 'scripts/setup'), { recursive: true });
      cpSync(path.join(ROOT, 'scripts/setup.mjs'), path.join(temp, 'scripts/setup.mjs'));
      write('package.json', '{"type":"module"}');
      write('package-lock.json', JSON.stringify({ packages: { 'node_modules/pg': { version: '8.1.0' } } }));
      write('tsconfig.build.json', '{}');
      write('server/main.ts', 'one');
      write('client/vite.config.ts', '');
      // npm: installs a compiler and a bundler that note their call and write what they should.
      const program = (name: string, output: string) =>
        `import fs from 'node:fs'; fs.appendFileSync('log', '${name}\\n'); fs.mkdirSync('dist/${name}', { recursive: true });
         if (process.env.BREAK === '${name}') { console.error('no ${name} today'); process.exit(2); }
         fs.writeFileSync('${output}', fs.readFileSync('server/main.ts'));`;
      write('tools/tsc', program('server', 'dist/server/main.js'));
      write('tools/vite.js', program('client', 'dist/client/index.html'));
      write(
        'bin/npm',
        `#!/bin/sh
echo "npm $*" >> log
sleep 0.3
mkdir -p node_modules/typescript/bin node_modules/vite/bin
echo '{"type":"module"}' > node_modules/typescript/package.json
echo '{"type":"module"}' > node_modules/vite/package.json
cp tools/tsc node_modules/typescript/bin/tsc.mjs
echo "import './tsc.mjs'" > node_modules/typescript/bin/tsc
cp tools/vite.js node_modules/vite/bin/vite.js
cp package-lock.json node_modules/.package-lock.json
`,
        0o755,
      );
    });

    const setUp = async (variables: Record<string, string> = {}) => {
      const { npm_execpath: _, ...environment } = process.env;
      const env = { ...environment, NODE_ENV: 'production', ...variables, PATH: `${temp}/bin:${process.env.PATH}` };
      const began = performance.now();
      const child = spawn(process.execPath, ['scripts/setup.mjs', 'build'], { cwd: temp, env });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece));
      const [code] = await once(child, 'close');
      return { code: code as number, output, ms: performance.now() - began };
    };

    it('installs and builds once, then is silent and quick', async () => {
      const first = await setUp();
      expect(first).to.include({ code: 0 });
      expect(log().map((line) => line.split(' ')[0])).to.deep.equal(['npm', 'server', 'client']);
      expect(log()[0]).to.include('install --no-save --include=dev --ignore-scripts');
      expect(first.output)
        .to.include('installing the npm packages')
        .and.include('building the server')
        .and.include('building the client');
      const again = await setUp();
      expect(again).to.include({ code: 0, output: '' });
      expect(again.ms).to.be.below(1_500);
      expect(log()).to.have.length(3);
    });

    it('builds again only what changed, and not for a new time stamp', async () => {
      await setUp();
      write('server/main.ts', 'one');
      await setUp();
      expect(log()).to.have.length(3);
      write('server/main.ts', 'two');
      await setUp();
      expect(log().slice(3)).to.deep.equal(['server']);
      write('server/core/tile.ts', 'shared with the page');
      await setUp();
      expect(log().slice(4)).to.deep.equal(['server', 'client']);
      rmSync(path.join(temp, 'dist/client'), { recursive: true });
      await setUp();
      expect(log().slice(6)).to.deep.equal(['client']);
    });

    it('clears away an installation that was cut short', async () => {
      write('node_modules/half/index.js', 'unfini');
      await setUp();
      expect(existsSync(path.join(temp, 'node_modules/half'))).to.equal(false);
      expect(existsSync(path.join(temp, 'node_modules/typescript'))).to.equal(true);
    });

    it('does not take a broken build for a good one', async () => {
      const broken = await setUp({ BREAK: 'client' });
      expect(broken.code).to.equal(1);
      expect(broken.output).to.include('no client today');
      expect(await setUp()).to.include({ code: 0 });
      expect(log().slice(1)).to.deep.equal(['server', 'client', 'client']);
    });

    it('lets two at once work one after the other', async () => {
      const both = await Promise.all([setUp(), setUp()]);
      expect(both.map(({ code }) => code)).to.deep.equal([0, 0]);
      expect(log().map((line) => line.split(' ')[0])).to.deep.equal(['npm', 'server', 'client']);
      expect(both.filter(({ output }) => output.includes('another set-up'))).to.have.length(1);
      expect(readdirSync(path.join(temp, 'dist')).filter((name) => name.includes('lock'))).to.deep.equal([]);
    });

    it('is not held up by the lock of a set-up that was killed', async () => {
      const gone = spawn('true');
      await once(gone, 'exit');
      write('dist/setup.lock', `${gone.pid}\n`);
      expect(await setUp()).to.include({ code: 0 });
    });

    it('says in one line that a checkout is not complete', async () => {
      rmSync(path.join(temp, 'package-lock.json'));
      const { code, output } = await setUp();
      expect(code).to.equal(1);
      expect(oneLine(output.trim())).to.include('package-lock.json');
    });
  });
});
