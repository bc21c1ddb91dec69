import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { after, before, describe, it } from 'mocha';
import { seeded } from '../../../scripts/bench/random.ts';
import { corroborate } from '../../../server/analysis/corroborate.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import type { LayerRecord } from '../../../server/core/record.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import { slotsQuery } from '../../../server/query/analysis/corroborate.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { ask, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

interface Named {
  collection: string;
  item: number;
}
interface Found {
  reports: number;
  pairs: number;
  pairs_suggested: number;
  groups: number;
  reports_in_groups: number;
  events: number;
  undated: number;
  decisions_obeyed: number;
  decisions_idle: number;
  killed: { events: number; at_least: number; at_most: number; reported: number };
  weights: Record<string, number>;
  suggestions: { reports: Named[]; killed_at_least?: number; killed_at_most?: number; decided: boolean }[];
  table: { a: Named; b: Named; score: number; distance_km: number; gap_days: number; linked: boolean }[];
}

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const FIELDS = [
  ['kind', 'string'],
  ['killed', 'integer'],
] as const;
const DAY = 86_400_000;
const iso = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);
const FIRST = Date.UTC(2020, 0, 1) / DAY;

interface Spot {
  collection: string;
  item: number;
  lon: number;
  lat: number;
  precision: number;
  day: number;
  datePrecision: 'day' | 'month';
  source: string;
}

/** Reports around a few towns, one of them at the antimeridian, in two collections. */
function makeSpots(): Spot[] {
  const random = seeded(4);
  const towns = [
    [-4, 14.5],
    [0, 16.3],
    [179.95, -17],
  ] as const;
  return ['one', 'two'].flatMap((collection) =>
    Array.from({ length: 60 }, (_, index): Spot => {
      const [x, y] = towns[index % 3] as readonly [number, number];
      const lon = x + 0.3 * (random() - 0.5);
      return {
        ...{ collection, item: index + 1, lon: lon > 180 ? lon - 360 : lon, lat: y + 0.3 * (random() - 0.5) },
        precision: [0, 500, 5_000, 30_000][Math.floor(4 * random())] as number,
        day: FIRST + Math.floor(60 * random()),
        datePrecision: random() < 0.2 ? 'month' : 'day',
        source: `s${Math.floor(4 * random())}`,
      };
    }),
  );
}

const toRecord = (spot: Spot): LayerRecord =>
  testRecord(
    spot.item,
    { type: 'Point', coordinates: [spot.lon, spot.lat] },
    {
      ...{ kind: 'ied', killed: spot.item % 4, precision_m: spot.precision, source: spot.source },
      ...{ valid_from: iso(spot.day), valid_to: iso(spot.day + 1), date_precision: spot.datePrecision },
    },
  );

/** First and last day on which it may have been. */
function daysOf({ day, datePrecision }: Spot): [number, number] {
  if (datePrecision === 'day') return [day, day];
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return [Date.UTC(year, month, 1) / DAY, Date.UTC(year, month + 1, 1) / DAY - 1];
}

const key = ({ collection, item }: Named) => `${collection}/${String(item).padStart(4, '0')}`;

describe('the process corroborate', () => {
  let database: TestDatabase;
  const spots = makeSpots();
  const asked = async (inputs: Record<string, unknown>) =>
    (await ask(database, corroborate, inputs)).result.numbers as unknown as Found;

  before(async () => {
    database = await migratedDatabase();
    for (const id of ['one', 'two']) {
      const own = spots.filter(({ collection }) => collection === id);
      await publishRecords(database, testLayer(id, 'point', FIELDS, { kind: 'kind' }), own.map(toRecord));
    }
  });
  after(() => database.close());

  it('compares the pairs that are near in place and time, as comparing all with all finds', async () => {
    const km = fc.double({ min: 0.1, max: 60, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        km,
        fc.integer({ min: 0, max: 31 }),
        fc.boolean(),
        async (within_km, within_days, same_source) => {
          const near = spots.flatMap((a, index) =>
            spots.slice(index + 1).flatMap((b) => {
              if (!same_source && a.collection === b.collection && a.source === b.source) return [];
              const metres = geodesic.Geodesic.WGS84.Inverse(a.lat, a.lon, b.lat, b.lon).s12 as number;
              const [one, other] = [daysOf(a), daysOf(b)];
              const gap = Math.max(0, one[0] - other[1], other[0] - one[1]);
              return metres <= within_km * 1_000 + a.precision + b.precision && gap <= within_days
                ? [{ name: `${key(a)} ${key(b)}`, km: metres / 1_000, gap }]
                : [];
            }),
          );
          const numbers = await asked({ within_km, within_days, same_source, min_score: 0, limit: 10_000 });
          const found = numbers.table.map((row) => ({ name: `${key(row.a)} ${key(row.b)}`, gap: row.gap_days }));
          const sorted = <T extends { name: string }>(rows: T[]) => rows.sort((a, b) => (a.name < b.name ? -1 : 1));
          expect(sorted(found)).to.deep.equal(sorted(near.map(({ name, gap }) => ({ name, gap }))));
          const kilometres = new Map(near.map((row) => [row.name, row.km]));
          for (const row of numbers.table) {
            expect(row.distance_km).to.be.closeTo(kilometres.get(`${key(row.a)} ${key(row.b)}`) as number, 6e-4);
          }
          expect(numbers.pairs).to.equal(near.length);
        },
      ),
      { numRuns: 25, seed: 5 },
    );
  }).timeout(60_000);

  it('counts each event once, whatever the order of the collections', async () => {
    const numbers = await asked({ events: ['one', 'two'], min_score: 0.6 });
    const turned = await asked({ events: ['two', 'one'], min_score: 0.6 });
    const groups = ({ suggestions }: Found) => suggestions.map(({ reports }) => reports.map(key).sort()).sort();
    expect(groups(turned)).to.deep.equal(groups(numbers));
    expect(turned.killed).to.deep.equal(numbers.killed);
    expect(numbers.groups).to.be.above(5);
    expect(numbers.events).to.equal(numbers.reports - numbers.reports_in_groups + numbers.groups);
    expect(numbers.reports).to.equal(120);
    const killed = spots.map(({ item }) => item % 4);
    expect(numbers.killed.reported).to.equal(killed.reduce((sum, each) => sum + each, 0));
    const together = numbers.suggestions.flatMap(({ reports }) => reports.map(({ item }) => item % 4));
    const alone = numbers.killed.reported - together.reduce((sum, each) => sum + each, 0);
    const sum = (which: 'killed_at_least' | 'killed_at_most') =>
      numbers.suggestions.reduce((whole, group) => whole + (group[which] as number), alone);
    expect(numbers.killed).to.include({ at_least: sum('killed_at_least'), at_most: sum('killed_at_most') });
    expect(numbers.killed.at_least).to.be.below(numbers.killed.at_most);
    expect(numbers.killed.at_most).to.be.below(numbers.killed.reported);
  });

  it('never puts two reports of one collection and source together unless asked', async () => {
    const shared = ({ suggestions }: Found) =>
      suggestions.filter(({ reports }) => {
        const voices = reports.map(({ collection, item }) => {
          const spot = spots.find((each) => each.collection === collection && each.item === item);
          return `${collection} ${spot?.source}`;
        });
        return new Set(voices).size < voices.length;
      }).length;
    expect(shared(await asked({ min_score: 0.5 }))).to.equal(0);
    expect(shared(await asked({ min_score: 0.5, same_source: true }))).to.be.above(0);
  });

  describe('of a few reports written by hand', () => {
    const at = (item: number, lon: number, day: string, properties: Record<string, unknown>) => {
      const next = iso(Date.parse(day) / DAY + 1);
      const valid = { valid_from: day, valid_to: next, date_precision: 'day', precision_m: 1_000 };
      return testRecord(item, { type: 'Point', coordinates: [lon, 16] }, { ...valid, kind: 'ied', ...properties });
    };
    const of = (id: string) => ({ collection: `few_${id}`, item: 1 });
    before(async () => {
      const records = {
        few_a: [at(1, 0, '2021-06-01', { killed: 4, source: 'a' }), at(2, 3, '2021-06-01', { killed: 9, source: 'a' })],
        few_b: [at(1, 0.02, '2021-06-02', { killed: 6, source: 'b; c', precision_m: 500 })],
        few_c: [at(1, 0.01, '2021-06-01', { killed: null, kind: 'complex', source: 'd' })],
        few_d: [at(1, 0, '2021-06-01', { valid_from: null, valid_to: null, killed: null, source: 'e' })],
      };
      for (const [id, own] of Object.entries(records)) {
        await publishRecords(database, testLayer(id, 'point', FIELDS, { kind: 'kind' }), own);
      }
    });
    const events = ['few_a', 'few_b', 'few_c', 'few_d'];

    it('keeps every source, and places the event where its most precise report has it', async () => {
      const { result } = await ask(database, corroborate, { events, min_score: 0.6 });
      const numbers = result.numbers as unknown as Found;
      expect(numbers).to.include({ reports: 5, groups: 1, reports_in_groups: 3, events: 3, undated: 1 });
      // 4 to 6 of the one, 9 of the other.
      expect(numbers.killed).to.deep.equal({ events: 2, at_least: 13, at_most: 15, reported: 19 });
      const event = result.features.events?.features.find(({ properties }) => properties?.reports === 3);
      expect(event?.geometry).to.deep.equal({ type: 'Point', coordinates: [0.02, 16] });
      expect(event?.properties).to.deep.include({
        ...{ sources: ['a', 'b', 'c', 'd'], first_day: '2021-06-01', last_day: '2021-06-02', within_m: 500 },
        ...{ killed_at_least: 4, killed_at_most: 6, records: ['few_b: 1', 'few_a: 1', 'few_c: 1'] },
      });
      expect(result.features.events?.features).to.have.length(3);
      expect(result.features.links?.features.length).to.be.within(2, 3);
      expect(result.text.en).to.include('13 to 15 when each event is counted once, 19 when all reports are added up');
      expect(result.text.en).to.include('to be reviewed by a person');
      expect(result.text.fr).to.include('13 à 15 en comptant chaque événement une fois, 19 en additionnant');
      expect(result.text.fr).to.include('à faire vérifier par une personne');
    });

    it('shows scores by the weights that the caller gives', async () => {
      const weights = { place: 0, time: 0, kind: 3, casualties: 1 };
      const numbers = await asked({ events, min_score: 0, weights });
      expect(numbers.weights).to.deep.equal({ place: 0, time: 0, kind: 0.75, casualties: 0.25 });
      const row = numbers.table.find(({ a, b }) => a.collection === 'few_a' && b.collection === 'few_b');
      // The same kind; 4 and 6 killed.
      expect(row?.score).to.be.closeTo(0.75 + 0.25 * (1 - 2 / 6), 1e-4);
      const none = { place: 0, time: 0, kind: 0, casualties: 0 };
      expect(((await caught(asked({ events, weights: none }))) as InvalidParameter).faults[0]?.pointer).to.equal(
        '/inputs/weights',
      );
    });

    it('obeys what a person has decided, and keeps it in the receipt', async () => {
      const decisions = [
        { records: [of('a'), of('b')], same: false },
        { records: [of('c'), { collection: 'few_d', item: '1' }, { collection: 'few_a', item: 2 }], same: true },
        { records: [of('a'), { collection: 'few_a', item: 99 }], same: true },
      ];
      const { result } = await ask(database, corroborate, { events, min_score: 0.6, decisions });
      const numbers = result.numbers as unknown as Found;
      expect(numbers).to.include({ decisions_obeyed: 2, decisions_idle: 1 });
      const groups = numbers.suggestions.map(({ reports }) => reports.map(key).sort());
      expect(groups).to.have.length(1);
      expect(groups[0]).to.include.members(['few_a/0002', 'few_c/0001', 'few_d/0001']);
      expect(numbers.suggestions[0]?.decided).to.equal(true);
      expect(groups[0]).not.to.include.members(['few_a/0001', 'few_b/0001']);
      expect(result.receipt.inputs.decisions).to.deep.equal(decisions);
      expect(result.text.en).to.include('2 decisions of a person are obeyed');
    });

    it('refuses decisions that contradict one another', async () => {
      const decisions = [
        { records: [of('a'), of('b')], same: false },
        { records: [of('a'), of('c')], same: true },
        { records: [of('c'), of('b')], same: true },
      ];
      const error = (await caught(asked({ events, decisions }))) as InvalidParameter;
      expect(error).to.be.instanceOf(InvalidParameter);
      expect(error.faults[0]?.pointer).to.equal('/inputs/decisions');
      expect(error.message).to.include('few_a 1 and few_b 1');
    });

    it('knows how many days reports span without listing them', async () => {
      const catalogue = await readCatalogue(database.run);
      const reporting = ['one', 'two', 'few_d'].map((id) => ({
        layer: catalogue.get(id),
        filter: { access: PUBLIC_ACCESS },
      }));
      for (const days of [0, 3, 31]) {
        const query = slotsQuery(reporting, { metres: 1, days, sameSource: false });
        const [row] = await database.run<{ slots: number }>(query);
        const expected = spots.reduce((sum, spot) => {
          const [first, last] = daysOf(spot);
          return sum + Math.floor((last + days) / (days + 1)) - Math.floor((first - days) / (days + 1)) + 1;
        }, 0);
        expect(row?.slots, `${days} days`).to.equal(expected);
      }
    });

    it('has an answer without reports', async () => {
      const { result } = await ask(database, corroborate, { events, datetime: '1999-01-01' });
      // What has no time is never left out for its time.
      expect(result.numbers).to.include({ groups: 0, pairs: 0 });
      const empty = await asked({ events: ['few_a'], datetime: '1999-01-01' });
      expect(empty).to.include({ reports: 0, events: 0, pairs: 0 });
      expect(empty.killed).to.deep.equal({ events: 0, at_least: 0, at_most: 0, reported: 0 });
    });
  });
});
