import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { PublishedLayer } from '../../server/core/catalogue.ts';
import { LayerSchema } from '../../server/core/layer.ts';
import { MappingSchema } from '../../server/core/mapping.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { openCopies } from '../../server/db/copy.ts';
import { LIMITS } from '../../server/ingest/source.ts';
import { chooseRegions } from '../../server/jobs/import/check-staged/choose-regions.ts';
import { openFile } from '../../server/jobs/import/open-file.ts';
import { runImport } from '../../server/jobs/import/run-import.ts';
import { publish } from '../../server/jobs/publish.ts';
import { insertUpload, moveUpload, type UploadRow, uploadRow } from '../../server/query/upload-doors.ts';
import { GEODATA, migratedDatabase, type TestDatabase } from '../support/database.ts';
import { eventRecord } from '../support/layers.ts';
import { layerWith, point, stageRows } from '../support/staging.ts';

const TIMELESS = layerWith({ time: null });
const definition = JSON.parse(readFileSync(path.join(GEODATA, 'layers/regions.json'), 'utf8'));

const square = (west: number, south: number) => {
  const [east, north] = [west + 2, south + 2];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
};

describe('the boundaries that records mean', () => {
  let database: TestDatabase;
  /** By the names of their layers, in the order of the catalogue. */
  let all: Readonly<Record<string, PublishedLayer>>;
  before(async () => {
    database = await migratedDatabase();
    // Each with its level, how sharp its outlines are, and the names that it knows.
    const layers = {
      a_cercles: [2, 0, ['Kita', 'Gao']],
      b_elsewhere: [1, 0, ['Agadez', 'Diffa', 'Gao']],
      c_coarse: [1, 9_000, ['Kayes', 'Ségou', 'Gao']],
      d_sharp: [1, 100, ['Kayes', 'Ségou', 'Gao']],
    } as const;
    for (const [id, [level, precision, names]] of Object.entries(layers)) {
      const records = names.map((name, n) => {
        const { kind: _, killed: __, tags: ___, ...carried } = eventRecord(n + 1, 0, 0).properties;
        const own = { name, name_fr: name, pcode: `${id}${n}`, country: 'ML', level, precision_m: precision };
        const open = { valid_from: null, valid_to: null };
        return { type: 'Feature', id: n + 1, geometry: square(4 * n, 10), properties: { ...carried, ...own, ...open } };
      });
      const layer = LayerSchema.parse({ ...definition, id });
      await database.transaction((run) => publish(run, layer, records as never, { generation: 1, seedHash: null }));
    }
    const catalogue = await readCatalogue(database.run);
    all = Object.fromEntries(Object.keys(layers).map((id) => [id, catalogue.get(id)]));
  });
  after(() => database.close());

  const mapping = (...levels: readonly number[]) =>
    MappingSchema.parse({
      fields: {},
      target: { mode: 'append', collection: TIMELESS.id },
      regions: levels.map((level) => ({ column: `admin${level}`, level })),
    });
  const rows = [
    point(1, 11, { admin1: 'KAYES', admin2: 'kita' }),
    point(5, 11, { admin1: 'Segou', admin2: 'nowhere' }),
    point(5, 11, { admin1: '', admin2: null }),
  ];
  async function chosen(ids: readonly string[], ...levels: readonly number[]) {
    const { upload } = await stageRows(database, rows);
    const boundaries = ids.map((id) => all[id] as PublishedLayer);
    const found = await chooseRegions(database.run, { upload, mapping: mapping(...levels), boundaries });
    return [...found].map(([level, { id }]) => `${level}: ${id}`);
  }

  it('are those of a level that know most of the names, and of these the sharpest', async () => {
    expect(await chosen(Object.keys(all), 1, 2)).to.deep.equal(['1: d_sharp', '2: a_cercles']);
    expect(await chosen(['b_elsewhere', 'c_coarse'], 1)).to.deep.equal(['1: c_coarse']);
  });

  it('are those that the records of a file are held against, whichever layer comes first', async () => {
    const upload = randomUUID();
    const folder = mkdtempSync(path.join(tmpdir(), 'azalai-regions-'));
    try {
      const file = path.join(folder, 'wells.csv');
      // In none of the squares; the second names no region of any layer.
      writeFileSync(file, 'name,admin1Name,lat,lon\nWell 1,Kayes,50,1\nWell 2,Nowhere,50,1\nWell 3,Kayes,11,1\n');
      await database.run(insertUpload(upload, 'wells.csv', null));
      await database.run(moveUpload(upload, ['receiving'], 'reading'));
      const { run, transaction } = database;
      await runImport({
        upload,
        database: { run, transaction, copy: openCopies(database.connection) },
        file: () => openFile(file),
        ...{ limits: LIMITS, today: '2026-11-21', catalogue: () => readCatalogue(run) },
      });
      const [row] = await run<UploadRow>(uploadRow(upload));
      const { report } = row as UploadRow;
      const { account } = report as unknown as { account: { issues: { code: string; count: number }[] } };
      const counts = account.issues.map(({ code, count }) => [code, count]);
      expect(counts).to.deep.include.members([
        ['region-outside', 1],
        ['region-unknown', 1],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are of the level, though others come first, and none where no layer has it', async () => {
    expect(await chosen(['a_cercles', 'b_elsewhere'], 1)).to.deep.equal(['1: b_elsewhere']);
    expect(await chosen(['a_cercles', 'b_elsewhere'], 3)).to.deep.equal([]);
  });
});
