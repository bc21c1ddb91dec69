import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Issue } from '../../../server/ingest/feature.ts';
import { type FileReport, reportOn } from '../../../server/ingest/report.ts';
import { LIMITS } from '../../../server/ingest/source.ts';
import { openFile } from '../../../server/jobs/import/open-file.ts';
import { inMemory } from '../../support/readings.ts';

const CONTEXT = { today: '2026-11-21' };
const DATA = path.resolve(import.meta.dirname, '../../../../shared/data');

async function account(name: string, text: string): Promise<{ report: FileReport; issues: Issue[] }> {
  const issues: Issue[] = [];
  const report = await reportOn(inMemory(text, name), LIMITS, CONTEXT, { onIssue: (issue) => issues.push(issue) });
  return { report, issues };
}

function expectToAddUp({ account: { read, unchanged, repaired, unlocated, quarantined, skipped } }: FileReport): void {
  expect(read).to.equal(unchanged + repaired + unlocated + quarantined + skipped);
}

describe('the report on a file', () => {
  it('accounts for each row of a table: placed, without a position, and with one that is none', async () => {
    const { report, issues } = await account(
      'visits.csv',
      'site,lat,lon\nA,14.5,-4.2\nB,,\nC,north,-4\nD,200,1\nE,15,-4\nF,15,-4\n',
    );
    expectToAddUp(report);
    const { read, unchanged, unlocated, quarantined } = report.account;
    expect({ read, unchanged, unlocated, quarantined }).to.deep.equal({
      read: 6,
      unchanged: 3,
      unlocated: 1,
      quarantined: 2,
    });
    expect(report.layers[0]?.location).to.deep.equal({ type: 'lonlat', lon: 'lon', lat: 'lat' });
    expect(report.layers[0]?.features).to.equal(6);
    expect(
      issues.filter(({ severity }) => severity === 'error').map(({ index, place }) => [index, place.line]),
    ).to.deep.equal([
      [3, 4],
      [4, 5],
    ]);
  });

  it('finds positions by HXL tags where the names do not tell', async () => {
    const { report } = await account('hxl.csv', 'p,q,site\n#geo+lat,#geo+lon,#loc+name\n14.5,-4.2,A\n15.5,-3.2,B\n');
    expect(report.layers[0]?.location).to.deep.equal({ type: 'lonlat', lon: 'q', lat: 'p' });
    expect(report.account.unchanged).to.equal(2);
  });

  it('counts a feature that cannot be read as kept out, once, and goes on', async () => {
    const { report } = await account(
      'some.geojson',
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          { type: 'Feature', geometry: { type: 'Point', coordinates: [1, 15] }, properties: { kind: 'a' } },
          'nonsense',
          { type: 'Feature', geometry: { type: 'Point', coordinates: ['x', null] }, properties: {} },
          { type: 'Feature', geometry: null, properties: { kind: 'b' } },
        ],
      }),
    );
    expectToAddUp(report);
    const { read, unchanged, unlocated, quarantined } = report.account;
    expect({ read, unchanged, unlocated, quarantined }).to.deep.equal({
      read: 4,
      unchanged: 1,
      unlocated: 1,
      quarantined: 2,
    });
    expect(report.isComplete).to.equal(true);
  });

  it('says when the file could not be read to its end, with what came before', async () => {
    const whole = '{"type":"Feature","geometry":{"type":"Point","coordinates":[1,15]},"properties":{}}';
    const { report } = await account(
      'cut.geojson',
      `{"type":"FeatureCollection","features":[${whole},${whole},{"type":"Fea`,
    );
    expect([report.isComplete, report.account.unchanged]).to.deep.equal([false, 2]);
  });

  it('refuses what is in no format', async () => {
    const file = inMemory(Uint8Array.of(0, 1, 2, 3, 255, 254, 0, 9), 'noise.bin');
    const error = await reportOn(file, LIMITS, CONTEXT).catch((cause: Error) => cause);
    expect(error).to.have.property('name', 'UnreadableFile');
  });

  const files = [
    ['mli_adm1.geojson', 'geojson', ['MultiPolygon', 'Polygon']],
    ['mli_adm2.geojson', 'geojson', ['MultiPolygon', 'Polygon']],
    ['mli_adm1_shapefile.zip', 'shapefile', ['MultiPolygon', 'Polygon']],
    ['mli_settlements.csv', 'csv', ['Point']],
    ['ucdp_ged_231_sample.csv', 'csv', ['Point']],
    ['ne10m_rivers_sahel.geojson', 'geojson', ['LineString', 'MultiLineString']],
  ] as const;
  const counts: Partial<Record<(typeof files)[number][0], number>> = {
    'mli_settlements.csv': 18_769,
    'ucdp_ged_231_sample.csv': 1000,
  };
  for (const [name, format, geometries] of files) {
    it(`reads ${name} as it was delivered`, async function () {
      const full = path.join(DATA, name);
      if (!existsSync(full)) this.skip();
      const file = await openFile(full);
      try {
        const report = await reportOn(file, LIMITS, CONTEXT);
        expectToAddUp(report);
        expect(report.format).to.equal(format);
        expect(report.isComplete).to.equal(true);
        expect(geometries).to.include.members([...(report.layers[0]?.geometries ?? [])]);
        expect(report.account.read)
          .to.equal(counts[name] ?? report.account.read)
          .and.above(0);
        expect(report.account.quarantined).to.equal(0);
      } finally {
        await file.close();
      }
    });
  }
});
