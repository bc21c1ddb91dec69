import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { readCalibration } from '../../scripts/modelled/calibration.ts';
import { type Count, casesOf } from '../support/calibration.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';

const calibration = readCalibration();

/** Counts in the tables alone: years from `valid`, regions from the shipped outlines and not from the records' names. */
const COUNT = (attacks: string, regions: string) => `
  SELECT count(*)::integer AS attacks, coalesce(sum(killed), 0)::integer AS killed, coalesce(sum(injured), 0)::integer AS injured
  FROM ${attacks} AS attack
  WHERE extract(year FROM lower(valid) AT TIME ZONE 'UTC') BETWEEN $1 AND $2
    AND ($3::text[] IS NULL OR target = ANY ($3))
    AND ($4::text IS NULL OR kind = $4)
    AND ($5::text[] IS NULL OR EXISTS (
      SELECT FROM ${regions} AS region
      WHERE region.country = 'ML' AND region.name = ANY ($5) AND ST_Intersects(region.geom, attack.geom)))`;

describe('published totals, recounted from the database', () => {
  let database: TestDatabase;
  let attacks: string;
  let regions: string;

  before(async function () {
    this.timeout(120_000);
    database = await seededDatabase();
    attacks = await database.tableOf('attacks_modelled');
    regions = await database.tableOf('regions');
  });
  after(() => database?.close());

  async function counted({ measure, years, targets, kind, regions: within }: Count): Promise<number> {
    const values = [...years, targets ?? null, kind ?? null, within ?? null];
    const [row] = await database.run<Record<Count['measure'], number>>({ text: COUNT(attacks, regions), values });
    return row?.[measure] ?? Number.NaN;
  }

  for (const { title, count, of, between } of casesOf(calibration)) {
    it(title, async () => {
      expect((await counted(count)) / (of ? await counted(of) : 1)).to.be.within(...between);
    });
  }

  it('every attack lies in the region it names, in no other, and says that it is modelled', async () => {
    const text = `
      SELECT count(*)::integer AS attacks
      FROM ${attacks} AS attack
      WHERE confidence = 'modelled'
        AND (SELECT array_agg(region.name::text) FROM ${regions} AS region WHERE ST_Intersects(region.geom, attack.geom))
            = ARRAY[attack.region::text]`;
    const [row] = await database.run<{ attacks: number }>({ text, values: [] });
    const total = calibration.totals.find(({ id }) => id === 'attacks');
    expect(row?.attacks).to.equal(total?.value);
  });
});
