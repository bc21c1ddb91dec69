import { availableParallelism } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { InvalidConfig, importLimits, parseConfig } from '../../server/config.ts';
import { LIMIT_SETTINGS, LIMITS } from '../../server/ingest/source.ts';

describe('parseConfig', () => {
  it('has a default for everything, and takes empty for unset', () => {
    const defaults = {
      PORT: 8080,
      HOST: '127.0.0.1',
      DATA_DIR: path.resolve('data'),
      WORKERS: availableParallelism(),
      CACHE_MB: 64,
      TILES_MB: 4096,
      EXPORTS_MB: 1024,
      UPLOAD_MB: 2000,
      UPLOADS_MB: 20_000,
      UPLOAD_UNPACKED_MB: 4000,
      UPLOAD_PACK_RATIO: 200,
      UPLOAD_FEATURES: 5_000_000,
      UPLOAD_VERTICES: 1_000_000,
      UPLOAD_DEPTH: 64,
      UPLOAD_RECORD_MB: 64,
      VERSIONS_KEEP: 20,
      ANALYSIS_KEEP_DAYS: 7,
      VIEWS_KEEP: 100_000,
      VIEWS_MB: 512,
      BRIEFS_MAX: 1000,
      BRIEF_VERSIONS_KEEP: 50,
      PDF_SECONDS: 300,
      TILE_RECORDS: 5000,
      TILE_BYTES: 500_000,
      SERVICE_WORKER: 'on',
      LOG_LEVEL: 'info',
    };
    expect(parseConfig({})).to.deep.equal(defaults);
    expect(parseConfig({ PORT: '', DATABASE_URL: '', PATH: '/bin' })).to.deep.equal(defaults);
  });

  it('reads what is set', () => {
    const config = parseConfig({
      PORT: '0',
      DATABASE_URL: 'postgres://a:b@db:5432/x',
      PUBLIC_URL: 'https://map.example.org/',
    });
    expect(config).to.include({
      PORT: 0,
      DATABASE_URL: 'postgres://a:b@db:5432/x',
      PUBLIC_URL: 'https://map.example.org',
    });
  });

  for (const [name, value] of [
    ['PORT', '80a'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '1.5'],
    ['HOST', 'a b'],
    ['DATABASE_URL', 'mysql://x'],
    ['DATABASE_URL', 'nonsense'],
    ['LOG_LEVEL', 'loud'],
    ['WORKERS', '0'],
    ['WORKERS', '1.5'],
    ['WORKERS', 'all'],
    ['CACHE_MB', '-1'],
    ['EXPORTS_MB', '1.5'],
    ['PUBLIC_URL', 'ftp://x'],
  ] as const) {
    it(`names ${name} when it is "${value}"`, () => {
      expect(() => parseConfig({ [name]: value })).to.throw(InvalidConfig, `The environment variable ${name} must be`);
    });
  }

  it('does not repeat a token', () => {
    expect(() => parseConfig({ ADMIN_TOKEN: 'hunter2' }))
      .to.throw(InvalidConfig, 'ADMIN_TOKEN must be 16 to 200')
      .and.satisfy((error: Error) => !error.message.includes('hunter2'));
  });

  it('does not repeat a connection string, which holds a password', () => {
    expect(() => parseConfig({ DATABASE_URL: 'mysql://u:hunter2@h/d' }))
      .to.throw(InvalidConfig)
      .and.satisfy((error: Error) => !error.message.includes('hunter2'));
  });

  it('sets each limit of a file by the variable that its error names', () => {
    for (const [limit, name] of Object.entries(LIMIT_SETTINGS)) {
      const set = importLimits(parseConfig({ [name]: '7' }));
      const changed = Object.entries(set).filter(([key, value]) => value !== LIMITS[key as keyof typeof LIMITS]);
      expect(changed, name).to.deep.equal([[limit, name.endsWith('_MB') ? 7_000_000 : 7]]);
    }
  });
});
