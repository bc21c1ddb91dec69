import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import type { FeatureCollection } from 'geojson';
import { after, before, describe, it } from 'mocha';
import type { Mapping } from '../../server/core/mapping.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { AUTHORIZED, asAdmin, importHere, publishHere, readUpload } from '../support/uploads.ts';

const DATA = new URL('../../../shared/data/', import.meta.url);

/** Real files, and how many records each has. */
const FILES = [
  ['mli_adm1_shapefile.zip', 9],
  ['mli_adm2.geojson', 50],
  ['mli_settlements.csv', 18_769],
  ['ucdp_ged_231_sample.csv', 1000],
  ['ne10m_rivers_sahel.geojson', 19],
] as const;

/** Degrees: items are written with six decimals, a tenth of a metre. */
const ROUNDED = 1.1e-6;
/** Degrees: shapes are looked for in cells of this size. */
const CELL = 1e-4;

/** Not waited for in place: the server that it asks is in this process. */
function ogr2ogr(...args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile('ogr2ogr', args, { timeout: 60_000 }, (error, _, complaints) =>
      error ? reject(new Error(`${error.message}\n${complaints}`)) : resolve(),
    );
  });
}

/** Of a shape: number of its positions, their middle, and its box. */
type Measures = readonly [count: number, x: number, y: number, ...box: number[]];

function measure({ coordinates }: { coordinates: unknown }): Measures {
  const [xs, ys]: [number[], number[]] = [[], []];
  const add = (nested: unknown[]) => {
    if (typeof nested[0] === 'number') {
      xs.push(nested[0]);
      ys.push(nested[1] as number);
    } else for (const part of nested) add(part as unknown[]);
  };
  add(coordinates as unknown[]);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  // Not by spreading: a river has more positions than a call takes arguments.
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
  return [xs.length, mean(xs), mean(ys), least(xs), most(xs), least(ys), most(ys)];
}

/** How many of the shapes have none like them among the others, each counting once. */
function unlike(shapes: readonly Measures[], others: readonly Measures[]): number {
  const cells = new Map<string, Measures[]>();
  const cellOf = (value: number) => Math.floor(value / CELL);
  for (const other of others) {
    const key = `${cellOf(other[1])} ${cellOf(other[2])}`;
    cells.set(key, [...(cells.get(key) ?? []), other]);
  }
  const isAlike = (one: Measures, other: Measures) =>
    one.every((value, k) => Math.abs(value - (other[k] as number)) <= ROUNDED);
  return shapes.filter((shape) => {
    for (const dx of [0, -1, 1]) {
      for (const dy of [0, -1, 1]) {
        const near = cells.get(`${cellOf(shape[1]) + dx} ${cellOf(shape[2]) + dy}`) ?? [];
        const found = near.findIndex((other) => isAlike(shape, other));
        if (found < 0) continue;
        near.splice(found, 1);
        return false;
      }
    }
    return true;
  }).length;
}

/** Days are written in one way, whichever the file has; and NA is no value. */
const plainValue = (value: unknown) =>
  value === null || value === undefined
    ? ''
    : String(value)
        .trim()
        .replace(/^NA$/, '')
        .replace(/^(\d{4})\/(\d{2})\/(\d{2})$/, '$1-$2-$3');

describe('GDAL reads what was brought', function () {
  this.timeout(180_000);
  let server: TestServer;
  let folder: string;
  before(async function () {
    if (!existsSync(DATA)) {
      console.log('      skipped: ../shared/data, real files that nobody here wrote, is not on this machine');
      this.skip();
    }
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-gdal-'));
    server = await startServer();
  });
  after(async () => {
    await server?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const collectionOf = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection;

  for (const [name, count] of FILES) {
    it(`reads ${name} back as it was brought`, async () => {
      const headers = { ...AUTHORIZED, 'X-File-Name': name, 'Content-Type': 'application/octet-stream' };
      const body = readFileSync(new URL(name, DATA));
      const sent = await readUpload(await fetch(`${server.url}/uploads`, { method: 'POST', body, headers }));
      await importHere(server, sent.id);
      const ready = await readUpload(await asAdmin(server, `/uploads/${sent.id}`));
      expect(ready.state, JSON.stringify(ready.error)).to.equal('ready');
      expect((await asAdmin(server, `/uploads/${sent.id}/publish`, { method: 'POST' })).status).to.equal(202);
      await publishHere(server, sent.id);
      const { published } = await readUpload(await asAdmin(server, `/uploads/${sent.id}`));
      const id = published?.collection as string;
      await server.context.refresh();

      const [own, theirs] = [path.join(folder, `${id}.geojson`), path.join(folder, `${id}-file.geojson`)];
      await ogr2ogr(
        '-f',
        'GeoJSON',
        own,
        `OAPIF:${server.url}/collections/${id}`,
        id,
        '-lco',
        'COORDINATE_PRECISION=8',
      );
      const source = new URL(name, DATA).pathname;
      const options = name.endsWith('.csv')
        ? ['-oo', `X_POSSIBLE_NAMES=lon*,longitude,x`, '-oo', 'Y_POSSIBLE_NAMES=lat*,latitude,y', '-s_srs', 'EPSG:4326']
        : [];
      await ogr2ogr(
        '-f',
        'GeoJSON',
        theirs,
        name.endsWith('.zip') ? `/vsizip/${source}` : source,
        ...options,
        '-lco',
        'COORDINATE_PRECISION=8',
        '-t_srs',
        'EPSG:4326',
      );
      const [read, brought] = [collectionOf(own).features, collectionOf(theirs).features];
      expect(read).to.have.length(count);
      expect(brought).to.have.length(count);
      const shapes = (features: typeof read) => features.map(({ geometry }) => measure(geometry as never));
      expect(unlike(shapes(read), shapes(brought)), 'shapes that differ').to.equal(0);

      const mapping = ready.mapping as unknown as Mapping;
      for (const [field, value] of Object.entries(mapping.fields)) {
        if (!('column' in value) || value.values) continue;
        const values = (features: typeof read, key: string) =>
          features.map(({ properties }) => plainValue(properties?.[key])).sort();
        expect(values(read, field), field).to.deep.equal(values(brought, value.column));
      }
    });
  }
});
