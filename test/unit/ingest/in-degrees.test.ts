import { expect } from 'chai';
import { describe, it } from 'mocha';
import { inDegrees } from '../../../server/ingest/in-degrees.ts';
import { reportOn } from '../../../server/ingest/report.ts';
import { LIMITS } from '../../../server/ingest/source.ts';
import { inMemory } from '../../support/readings.ts';

const UTM = 'PROJCS["WGS 84 / UTM zone 30N",GEOGCS["WGS 84",DATUM["WGS_1984"]],PROJECTION["Transverse_Mercator"]]';

describe('whether coordinates are degrees', () => {
  it('is told by the reference system, and by the columns that hold them', () => {
    expect([null, 4326, 4269, 'GEOGCS["WGS 84"]', ' GEOGCRS["x"]'].map((crs) => inDegrees(crs, null))).to.deep.equal(
      Array(5).fill(true),
    );
    expect([3857, 32630, UTM].map((crs) => inDegrees(crs, null))).to.deep.equal([false, false, false]);
    expect(inDegrees(3857, { type: 'lonlat', lon: 'x', lat: 'y' })).to.equal(true);
    expect(inDegrees(null, { type: 'xy', x: 'x', y: 'y' })).to.equal(false);
    expect(inDegrees(null, { type: 'wkt', column: 'shape', srid: 32630 })).to.equal(false);
  });

  it('decides whether metres are beyond the Earth', async () => {
    const metres = '{"type":"Feature","geometry":{"type":"Point","coordinates":[-333958,1893345]},"properties":{}}';
    const report = (crs: number | null) =>
      reportOn(inMemory(metres, 'metres.geojson'), LIMITS, { today: '2026-11-21', crs });
    expect((await report(null)).account).to.include({ read: 1, quarantined: 1 });
    expect((await report(3857)).account).to.include({ read: 1, unchanged: 1 });
  });

  it('says when nothing tells where the records are', async () => {
    const report = await reportOn(inMemory('name,workers\nIntahaka,120\n', 'sites.csv'), LIMITS, {
      today: '2026-11-21',
    });
    expect(report.account.issues).to.deep.equal([{ code: 'position-unknown', severity: 'warning', count: 1 }]);
    expect(report.account).to.include({ read: 1, unlocated: 1 });
  });
});
