import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Catalogue, PublishedLayer } from '../../server/core/catalogue.ts';
import { parseDatetime } from '../../server/core/interval.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { seed } from '../../server/jobs/seed.ts';
import { type Filter, PUBLIC_ACCESS } from '../../server/query/filter.ts';
import { type StoredRow, storedPage } from '../../server/query/prepare/tiles.ts';
import { type TileFiles, type TileFilesOptions, tileFiles } from '../../server/tiles/files.ts';
import { postgisTiles } from '../../server/tiles/postgis.ts';
import type { EncodedTile } from '../../server/tiles/source.ts';
import { GEODATA, seededDatabase, type TestDatabase } from '../support/database.ts';
import { until } from '../support/process.ts';

const EVERYTHING: Filter = { access: PUBLIC_ACCESS };
const NO_DATABASE = () => Promise.reject(new Error('the database was asked'));
const plain = ({ bytes, encoding }: EncodedTile) =>
  Buffer.from(encoding === 'gzip' && bytes.length > 0 ? gunzipSync(bytes) : bytes);

describe('files of stored tiles', () => {
  let database: TestDatabase;
  let catalogue: Catalogue;
  let folder: string;
  let opened: TileFiles[] = [];
  let said: unknown[] = [];

  before(async function () {
    this.timeout(60_000);
    database = await seededDatabase();
    catalogue = await readCatalogue(database.run);
    return () => database.close();
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-tiles-'));
    said = [];
  });
  afterEach(async () => {
    for (const files of opened) await files.close();
    opened = [];
    rmSync(folder, { recursive: true });
  });

  function open(options: Partial<TileFilesOptions> = {}): TileFiles {
    const onError = (error: unknown) => said.push(error);
    const files = tileFiles({ folder, run: database.run, writes: true, maxBytes: 1e9, onError, ...options });
    opened.push(files);
    files.follow(catalogue);
    return files;
  }
  const fileOf = (layer: PublishedLayer) => path.join(folder, `${layer.prepared.stamp}.tiles`);
  const rowsOf = (layer: PublishedLayer) => database.run<StoredRow>(storedPage(layer, null, 100_000));

  it('hold every stored tile of every layer, byte for byte, and nothing else', async () => {
    const files = open();
    await files.settled();
    expect(said).to.deep.equal([]);
    let compared = 0;
    for (const layer of catalogue.layers) {
      for (const { family, z, x, y, mvt, counts } of await rowsOf(layer)) {
        const read = await files.of(layer)?.tileWithCounts(family, { z, x, y });
        expect(read?.mvt.equals(mvt), `${layer.id} ${z}/${x}/${y}`).to.equal(true);
        expect(read?.counts ?? null).to.deep.equal(counts && gunzipSync(counts));
        expect(await files.of(layer)?.tile(family, { z, x, y })).to.deep.equal(mvt);
        compared += 1;
      }
      expect(await files.of(layer)?.tile('items', { z: 12, x: 1, y: 4000 })).to.equal(null);
    }
    expect(compared).to.be.greaterThan(1000);
  }).timeout(60_000);

  it('answer what is stored and what is cut from it without the database, as the database would', async () => {
    const files = open();
    await files.settled();
    const fromFiles = postgisTiles(NO_DATABASE, files.of);
    const fromDatabase = postgisTiles(database.run);
    const layers = ['attacks_modelled', 'control_areas', 'rivers'].map((id) => catalogue.get(id));
    const window: Filter = { ...EVERYTHING, datetime: parseDatetime('2016-01-01/2019-12-31') };
    for (const coord of [
      { z: 3, x: 3, y: 3 },
      { z: 5, x: 15, y: 14 },
      { z: 7, x: 60, y: 57 },
      { z: 4, x: 0, y: 0 },
    ]) {
      const wanted = await fromDatabase.tile(
        layers,
        coord,
        layers.map(() => EVERYTHING),
      );
      expect(
        plain(
          await fromFiles.tile(
            layers,
            coord,
            layers.map(() => EVERYTHING),
          ),
        ).equals(plain(wanted)),
      ).to.equal(true);
      const [first] = layers as [PublishedLayer];
      const narrowed = await fromDatabase.tile([first], coord, [window]);
      expect(plain(await fromFiles.tile([first], coord, [window])).equals(plain(narrowed))).to.equal(true);
    }
  });

  it('are written by one process and read by the others', async () => {
    const reader = open({ writes: false, run: NO_DATABASE });
    await reader.settled();
    const attacks = catalogue.get('attacks');
    expect(reader.of(attacks)).to.equal(undefined);
    await open().settled();
    await until('the reader has found the file', () => reader.of(attacks) !== undefined);
    expect(said).to.deep.equal([]);
  });

  it('of a version that is no longer served are removed', async () => {
    const files = open();
    await files.settled();
    const mines = catalogue.get('mines');
    expect(readdirSync(folder)).to.include(path.basename(fileOf(mines)));
    files.follow({ ...catalogue, layers: [catalogue.get('camps')] } as unknown as Catalogue);
    await files.settled();
    expect(readdirSync(folder)).to.deep.equal([path.basename(fileOf(catalogue.get('camps')))]);
    expect(files.of(mines)).to.equal(undefined);
  });

  it('that are cut short are written anew', async () => {
    await open().settled();
    const camps = catalogue.get('camps');
    const whole = readFileSync(fileOf(camps));
    await opened.pop()?.close();
    truncateSync(fileOf(camps), whole.length - 5);
    const files = open();
    await files.settled();
    expect(readFileSync(fileOf(camps)).equals(whole)).to.equal(true);
    expect(files.of(camps)).to.not.equal(undefined);
  });

  it('are left out where there is no room, and nothing is left behind', async () => {
    const files = open({ maxBytes: 100 });
    await files.settled();
    expect(files.of(catalogue.get('attacks_modelled'))).to.equal(undefined);
    expect(readdirSync(folder)).to.deep.equal([]);
    expect(String(said[0])).to.match(/take more than 100 bytes/);
  });

  it('are written when the database is back', async () => {
    let isAway = true;
    const run: typeof database.run = (...query) => (isAway ? NO_DATABASE() : database.run(...query));
    const files = open({ run });
    await files.settled();
    expect(files.of(catalogue.get('attacks'))).to.equal(undefined);
    isAway = false;
    await until('the file is there', () => files.of(catalogue.get('attacks')) !== undefined);
  });

  it('have another name for every preparation', async () => {
    const stamps = catalogue.layers.map(({ prepared }) => prepared.stamp);
    expect(new Set(stamps).size).to.equal(stamps.length);
    const own = await seededDatabase();
    await own.run({ text: `UPDATE azalai.layer SET seed_hash = NULL WHERE id = 'camps'`, values: [] });
    expect(await seed(own.transaction, GEODATA)).to.deep.equal(['camps']);
    const [before, after] = [catalogue, await readCatalogue(own.run)].map((one) => one.get('camps').prepared.stamp);
    expect(after).to.not.equal(before);
    await own.close();
  }).timeout(60_000);
});
