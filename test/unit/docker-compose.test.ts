import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { ConfigSchema, parseConfig } from '../../server/config.ts';
import { OLDEST_POSTGIS, OLDEST_POSTGRES } from '../../server/db/postgres-binaries.ts';

/** As far as the files can be judged without an engine: it is not run here. */
const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');

interface Service {
  image?: string;
  build?: string;
  environment: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}
const compose = parse(read('docker-compose.yml'), { strict: true, uniqueKeys: true }) as {
  services: { db: Service; server: Service };
  volumes: Record<string, unknown>;
};
const { db, server } = compose.services;

/** What docker compose makes of `${NAME:-default}` when NAME is not set. */
const unset = (text: string) => text.replaceAll(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1');
const serverEnvironment = Object.fromEntries(
  Object.entries(server.environment).map(([name, value]) => [name, unset(value)]),
);

/** Instructions of the Dockerfile, continued lines joined: [instruction, rest]. */
const instructions = read('Dockerfile')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .map((line) => /^([A-Z]+)\s+(.*)$/.exec(line)?.slice(1) as [string, string]);
const rest = (name: string) => instructions.filter(([instruction]) => instruction === name).map(([, text]) => text);

describe('docker-compose.yml', () => {
  it('takes PostGIS from a tag that is recent enough for the server', () => {
    const [, postgres, postgis] = /^postgis\/postgis:(\d+)-(\d+\.\d+)$/.exec(db.image ?? '') ?? [];
    expect(Number(postgres)).to.be.at.least(OLDEST_POSTGRES);
    expect(Number(postgis)).to.be.at.least(Number(OLDEST_POSTGIS));
  });

  it('sets only variables that the server reads, to values that it accepts', () => {
    expect(Object.keys(ConfigSchema.shape)).to.include.members(Object.keys(server.environment));
    const config = parseConfig(serverEnvironment);
    expect(config).to.include({ PORT: 8080, HOST: '0.0.0.0', LOG_LEVEL: 'info' });
    expect(config.PUBLIC_URL).to.equal(undefined);
  });

  it('names the database once: user, password, host and name agree', () => {
    const url = new URL(serverEnvironment.DATABASE_URL ?? '');
    const environment = Object.fromEntries(Object.entries(db.environment).map(([name, value]) => [name, unset(value)]));
    expect(compose.services).to.have.property(url.hostname);
    expect(url.username).to.equal(environment.POSTGRES_USER);
    expect(url.password).to.equal(environment.POSTGRES_PASSWORD);
    expect(url.pathname).to.equal(`/${environment.POSTGRES_DB}`);
    expect(db.healthcheck?.test).to.include.members([
      `--username=${url.username}`,
      `--dbname=${environment.POSTGRES_DB}`,
    ]);
  });

  it('waits for a database that is ready over TCP, keeps its data, and publishes it to nobody', () => {
    expect(db.healthcheck?.test.slice(0, 3)).to.deep.equal(['CMD', 'pg_isready', '--host=127.0.0.1']);
    expect(server.depends_on?.db?.condition).to.equal('service_healthy');
    expect(db.ports).to.equal(undefined);
    const [volume, target] = db.volumes?.[0]?.split(':') ?? [];
    expect(compose.volumes).to.have.property(volume ?? '');
    expect(target).to.equal('/var/lib/postgresql/data');
  });

  it('publishes the server on this machine only, at the port it listens on', () => {
    const port = serverEnvironment.PORT;
    expect(server.ports).to.deep.equal([`127.0.0.1:8080:${port}`]);
    expect(rest('EXPOSE')).to.deep.equal([port]);
    expect(server.build).to.equal('.');
  });
});

describe('Dockerfile', () => {
  const stages = rest('FROM').map((text) => / AS (\S+)$/.exec(text)?.[1]);

  it('is built on a Node that package.json accepts, for the system the tests run on', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    for (const from of rest('FROM')) {
      const major = /^node:(\d+)-bookworm-slim/.exec(from)?.[1];
      expect(engines.node).to.match(new RegExp(`>=${major}\\.`));
    }
  });

  it('copies only what is there, and what .dockerignore lets through', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? line.slice(1) : []));
    for (const copy of rest('COPY')) {
      const stage = /^--from=(\S+)/.exec(copy)?.[1];
      if (stage) {
        expect(stages).to.include(stage);
        continue;
      }
      for (const source of copy.split(/\s+/).slice(0, -1)) {
        expect(existsSync(path.join(ROOT, source)), source).to.equal(true);
        expect(allowed, '.dockerignore').to.include(source);
      }
    }
  });

  it('starts the same program as npm start, not as root', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect((JSON.parse(rest('CMD')[0] ?? '') as string[]).join(' ')).to.equal(scripts.start);
    expect(rest('USER')).to.deep.equal(['node']);
  });

  it('asks a route for its health that the server has', () => {
    const route = /fetch\(`[^`]*\}(\/\w+)`\)/.exec(rest('HEALTHCHECK')[0] ?? '')?.[1];
    expect(read('server/http/routes/health.ts')).to.include(`'${route}'`);
  });
});
