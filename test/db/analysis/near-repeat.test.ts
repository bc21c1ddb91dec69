import { expect } from 'chai';
import geodesic from 'geographiclib-geodesic';
import { after, before, describe, it } from 'mocha';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import type { Numbers } from '../../../server/analysis/near-repeat/numbers.ts';
import { nearRepeat } from '../../../server/analysis/near-repeat.ts';
import { InvalidParameter, RequestAborted } from '../../../server/core/errors.ts';
import type { LayerRecord } from '../../../server/core/record.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import { FULL_ACCESS, PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import type { Run } from '../../../server/query/sql.ts';
import { seededRandom } from '../../../server/stats/random.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

const LAYER = testLayer('strikes', 'point', []);
const DAY = 86_400_000;

/** An event that lasts `span` days from so many days after 2020-01-01; its position is known to 100 m. */
function strike(id: number, [lon, lat]: readonly number[], day: number, span = 1, more: Record<string, unknown> = {}) {
  const at = (days: number) => new Date(Date.parse('2020-01-01') + days * DAY).toISOString().slice(0, 10);
  const dates = { valid_from: at(day), valid_to: at(day + span) };
  return testRecord(id, { type: 'Point', coordinates: [lon, lat] }, { ...dates, precision_m: 100, ...more });
}

const towards = (lon: number, lat: number, bearing: number, metres: number) => {
  const { lon2, lat2 } = geodesic.Geodesic.WGS84.Direct(lat, lon, bearing, metres);
  return [lon2 as number, lat2 as number];
};

/** Every third is one before that comes back within 3 days and 400 m; all else is at random over 2 degrees and 900 days. */
function repeating(count: number): LayerRecord[] {
  const random = seededRandom(20);
  const records: LayerRecord[] = [];
  while (records.length < count) {
    const [lon, lat, day] = [-3 + 2 * random(), 14 + 2 * random(), Math.floor(900 * random())];
    records.push(strike(records.length + 1, [lon, lat], day));
    if (records.length % 3 !== 0) continue;
    const back = towards(lon, lat, 360 * random(), 400 * random());
    records.push(strike(records.length + 1, back, day + Math.floor(4 * random())));
  }
  return records;
}

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const IDLE = {
  access: PUBLIC_ACCESS,
  signal: new AbortController().signal,
  takes: () => undefined,
  progress: () => undefined,
};

/** Says of the pairs of events what is given. */
const counted = (run: Run, row: object): Run =>
  ((query: { readonly text: string }) =>
    query.text.startsWith('WITH placed') ? Promise.resolve([row]) : run(query as never)) as Run;

describe('the process near-repeat', () => {
  let database: TestDatabase;
  const asked = async (inputs: Record<string, unknown> = {}, by = {}) => {
    const { result } = await ask(database, nearRepeat, { permutations: 399, ...inputs }, by);
    return { ...result, found: result.numbers as unknown as Numbers };
  };
  const bandOf = ({ bands }: Numbers, km: number, days: number) =>
    bands.find(({ from_km, from_days }) => from_km === km && from_days === days);

  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  describe('of a few events', () => {
    before(() =>
      publishRecords(database, LAYER, [
        strike(1, [-3, 14], 0),
        strike(2, towards(-3, 14, 90, 1_000), 7),
        strike(3, towards(-3, 14, 270, 1_000), 100),
        strike(4, [0, 16], 100, 1, { precision_m: 1_001 }),
        strike(5, [0, 16], 100, 31),
        strike(6, [0, 16], 101, 1, { valid_to: null }),
        strike(7, [0, 16], 100, 1, { handling: 'restricted' }),
      ]),
    );

    it('counts 1 km and 7 days in [1, 2) km and [7, 14) days, and every pair once', async () => {
      const { found } = await asked();
      expect(found.events).to.equal(3);
      expect(bandOf(found, 1, 7)).to.deep.include({ observed: 1, expected: 0.667, verdict: 'too-few' });
      const written = (words: { en: string; fr: string } | undefined) => [words?.en, words?.fr.replace(/\s/g, ' ')];
      expect(written(bandOf(found, 1, 7)?.distance)).to.deep.equal(['[1, 2) km', '[1 ; 2[ km']);
      expect(written(bandOf(found, 1, 7)?.time)).to.deep.equal(['[7, 14) days', '[7 ; 14[ jours']);
      const inBands = found.bands.reduce((sum, { observed }) => sum + observed, 0);
      expect([inBands, inBands + found.pairs_outside, found.pairs]).to.deep.equal([1, 3, 3]);
    });

    it('leaves out what is not known well enough, and says so', async () => {
      const { found, caveats } = await asked();
      expect(found.left_out).to.deep.equal({ imprecise: 1, vague: 1, undated: 1 });
      expect(caveats.map(({ code }) => code)).to.deep.equal(['imprecise', 'vague-dates', 'mostly-left-out']);
      expect(caveats[0]?.text.en).to.include('not known to within 1 km');
      const wider = await asked({ imprecise: 'include', days: [0, 31] });
      expect(wider.found.left_out).to.deep.equal({ imprecise: 0, vague: 0, undated: 1 });
      expect(wider.found.events).to.equal(5);
    });

    it('says how many are compared though they are not known well enough', async () => {
      const { caveats, found } = await asked({ imprecise: 'include' });
      expect(found.events).to.equal(4);
      const said = caveats.find(({ code }) => code === 'imprecise-included');
      expect(said?.text.en).to.include('1 event is compared').and.include('within 1 km');
      expect((await asked()).caveats.map(({ code }) => code)).not.to.include('imprecise-included');
    });

    it('stops when nobody waits for it any more', async () => {
      const controller = new AbortController();
      const given = { permutations: 9_999 };
      const steps: number[] = [];
      const progress = (share: number) => {
        steps.push(share);
        controller.abort();
      };
      const error = await caught(ask(database, nearRepeat, given, { signal: controller.signal, progress }));
      expect(error).to.be.instanceOf(RequestAborted);
      expect(Math.max(...steps)).to.be.below(0.5);
    });

    it('counts what the caller may see, and in the place that is asked', async () => {
      expect((await asked({}, { access: FULL_ACCESS })).found.events).to.equal(4);
      expect((await asked({ place: { geometry: boxOf(-3.001, 13, -2, 15) } })).found.events).to.equal(2);
    });

    it('has a band of its own for the same place', async () => {
      const { found } = await asked({ same_place: true, imprecise: 'include' });
      expect(found.bands.slice(0, 5).map(({ distance }) => distance.en)).to.deep.equal([
        ...Array.from({ length: 4 }, () => '[0, 0.1) km'),
        '[0.1, 1) km',
      ]);
      expect(await caught(asked({ same_place: true, distances_km: [1, 2] }))).to.be.instanceOf(InvalidParameter);
    });

    it('says why nothing can be said', async () => {
      const { found, text } = await asked({ place: { geometry: boxOf(5, 5, 6, 6) } });
      expect(found).to.deep.include({ events: 0, pairs: 0, bands: [], not_defined: 'too-few' });
      expect(text.en).to.include('Nothing can be said');
      const sameDay = await asked({ datetime: '2020-04-10', imprecise: 'include' });
      expect(sameDay.found).to.deep.include({ events: 2, not_defined: 'one-day' });
    });

    it('refuses bands that do not rise', async () => {
      expect(await caught(asked({ distances_km: [0, 2, 1] }))).to.be.instanceOf(InvalidParameter);
      expect(await caught(asked({ days: [0, 0.5, 1] }))).to.be.instanceOf(InvalidParameter);
    });
  });

  describe('of events of which some come back', () => {
    const records = repeating(240);
    let first: Awaited<ReturnType<typeof asked>>;
    before(async () => {
      await publishRecords(database, LAYER, records);
      first = await asked();
    });

    it('finds that they do, where they do', () => {
      const { found, text, features } = first;
      const more = found.bands.filter(({ verdict }) => verdict === 'more');
      expect(more.map(({ from_km, from_days }) => [from_km, from_days])).to.deep.equal([[0, 0]]);
      expect(more[0]).to.deep.include({ p: 0.0025, observed: 80 });
      expect(more[0]?.ratio).to.be.above(10);
      expect(text.en).to.include('In 1 of 16 bands').and.include('[0, 1) km and [0, 7) days apart: 80 pairs');
      expect(features.events?.features).to.have.length(found.events_with_repeats);
      expect(found.events_with_repeats).to.be.within(155, 165);
    });

    it('says when it lists only some of the events, in both languages', async () => {
      const all = await asked({ seed: 5 });
      expect(all.found.listed).to.equal(all.found.events_with_repeats);
      expect(all.text.en).not.to.match(/listed and drawn/);
      const some = await asked({ seed: 5, limit: 3 });
      expect(some.found.listed).to.equal(3);
      expect(some.features.events?.features.length).to.equal(3);
      expect(some.text.en).to.include('Of these only the 3 with the most such pairs are listed and drawn.');
      expect(some.text.fr).to.match(/Seuls les 3 qui ont le plus de telles paires sont listés et dessinés\./);
      expect((await asked({ seed: 5, limit: 1 })).text.en).to.include(
        'only the one with the most such pairs is listed',
      );
    });

    it('finds nothing once the dates are dealt out anew', async () => {
      const random = seededRandom(4);
      const dealt = records.map((record) => {
        const { valid_from, valid_to } = records[Math.floor(records.length * random())]?.properties ?? {};
        return { ...record, properties: { ...record.properties, valid_from, valid_to } } as LayerRecord;
      });
      await publishRecords(database, { ...LAYER, id: 'dealt' }, dealt);
      const { found, text } = await asked({ events: 'dealt' });
      expect(found.bands.map(({ verdict }) => verdict)).not.to.include('more');
      expect(text.en)
        .to.include('In none of the 16 bands is it shown')
        .and.match(/\d+ bands have fewer than 5 pairs/);
      expect(text.fr.replace(/\s/g, ' ')).to.match(/il n’est établi.*\d+ tranches ont moins de 5 paires/);
    });

    it('has the same bands for records in another order, and for another seed the same counts', async () => {
      const turned = records.toReversed().map((record, index) => ({ ...record, id: index + 1 }));
      await publishRecords(database, { ...LAYER, id: 'turned' }, turned);
      expect((await asked({ events: 'turned' })).found).to.deep.equal(first.found);
      const other = (await asked({ events: 'strikes', seed: 2 })).found;
      expect(other).not.to.deep.equal(first.found);
      const counts = ({ bands }: Numbers) => bands.map(({ observed, expected }) => [observed, expected]);
      expect(counts(other)).to.deep.equal(counts(first.found));
    });

    it('says when there are too few permutations for so many bands', async () => {
      const codes = async (permutations: number) => (await asked({ permutations })).caveats.map(({ code }) => code);
      expect(await codes(318)).to.include('few-permutations');
      expect(await codes(319)).not.to.include('few-permutations');
      const { caveats } = await asked({ permutations: 318 });
      expect(caveats.find(({ code }) => code === 'few-permutations')?.text.en).to.include('at least 319');
    });

    it('takes what is known to a month or a week for no better than that', async () => {
      const named = ['month', 'period', 'year', 'day', 'period'];
      const records = named.map((date_precision, index) =>
        strike(index + 1, [-3, 14], 10 + (index === 4 ? 1 : 0), index === 4 ? 7 : 1, { date_precision }),
      );
      await publishRecords(database, { ...LAYER, id: 'dated' }, records);
      // Each has one day, or seven; of that day only one is known.
      const left = async (days: number[]) => (await asked({ events: 'dated', days })).found;
      expect(await left([0, 1, 14])).to.deep.include({ events: 1, left_out: { imprecise: 0, vague: 4, undated: 0 } });
      expect(await left([0, 7, 14])).to.deep.include({ events: 3, left_out: { imprecise: 0, vague: 2, undated: 0 } });
      expect((await left([0, 31])).events).to.equal(4);
      expect((await left([0, 366])).events).to.equal(5);
    });

    it('refuses what would take too long', async () => {
      const far = { distances_km: [0, 500], days: [0, 3_660], permutations: 9_999 };
      const heap = Array.from({ length: 3_000 }, (_, index) => strike(index + 1, [-3, 14], index % 700));
      await publishRecords(database, { ...LAYER, id: 'heap' }, heap);
      expect(await caught(asked({ events: 'heap', ...far }))).to.be.instanceOf(AnalysisTooLarge);
    });

    it('foresees that all events of a town are near one another', async () => {
      const places = { town: 3_000, wide: 1 };
      const estimates: Record<string, number> = {};
      for (const [id, held] of Object.entries(places)) {
        const random = seededRandom(6);
        const records = Array.from({ length: 3_000 }, (_, index) => {
          const at = index < held ? [-3, 14] : [-5 + 4 * random(), 12 + 4 * random()];
          return strike(index + 1, at, index % 700);
        });
        await publishRecords(database, { ...LAYER, id }, records);
        const catalogue = await readCatalogue(database.run);
        const layer = catalogue.get(id);
        const question = { ...IDLE, run: database.run, layers: [layer], layer: async () => layer };
        const inputs = nearRepeat.inputs.parse({ events: id });
        const { comparisons } = await nearRepeat.estimate(question, inputs);
        estimates[id] = comparisons / 1_000;
      }
      expect(estimates.town).to.equal((3_000 * 2_999) / 2);
      // Circles of 10 km in 4 by 4 degrees: about 314 of 189,000 km2.
      expect(estimates.wide).to.be.within(3_700, 15_000);
    });

    it('refuses more pairs than are held, before it looks for them', async () => {
      const crowd = { events: 500_001, near: 1, around: 1 };
      const told = (row: typeof crowd) =>
        caught(ask({ run: counted(database.run, row) }, nearRepeat, { events: 'heap', permutations: 99 }));
      expect(await told(crowd))
        .to.be.instanceOf(AnalysisTooLarge)
        .with.property('message')
        .that.includes('500,001');
      expect(await told({ events: 9_000, near: 20_000_001, around: 30_000_000 }))
        .to.be.instanceOf(AnalysisTooLarge)
        .with.property('message')
        .that.includes('20,000,000 pairs');
    });
  });
});
