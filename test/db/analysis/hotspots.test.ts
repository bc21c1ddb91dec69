import { expect } from 'chai';
import { cellToLatLng, gridDisk, gridDistance, latLngToCell } from 'h3-js';
import { after, before, describe, it } from 'mocha';
import { hotspots } from '../../../server/analysis/hotspots.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import type { LayerRecord } from '../../../server/core/record.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import { adjustedP } from '../../../server/stats/benjamini-hochberg.ts';
import { twoSidedP } from '../../../server/stats/normal-p.ts';
import { seededRandom } from '../../../server/stats/random.ts';
import { shuffle } from '../../../server/stats/shuffle.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

const RESOLUTION = 5;
/** Hexagons of which events are in the middle. */
const CENTRE = latLngToCell(14, -4, RESOLUTION);
const OTHER = gridDisk(CENTRE, 8).find((cell) => gridDistance(CENTRE, cell) === 8) as string;
const PLACE = { geometry: boxOf(-6, 12.5, -2, 15.5) };
const QUESTION = { events: 'events', resolution: RESOLUTION, place: PLACE };

/** The places of a list in an order that is the same in every run. */
function shuffled(count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  shuffle(order, seededRandom(5));
  return order;
}

let made = 0;
const at = (cell: string, count: number, properties: Record<string, unknown> = {}): LayerRecord[] => {
  const [lat, lon] = cellToLatLng(cell);
  return Array.from({ length: count }, () => {
    made += 1;
    return testRecord(made, { type: 'Point', coordinates: [lon, lat] } as never, { killed: 2, ...properties });
  });
};

/** What is looked at here of the numbers. */
interface Numbers {
  readonly hexagons: number;
  readonly not_defined?: string;
  readonly occupied: number;
  readonly mean: number;
  readonly events: Record<string, number>;
  readonly verdicts?: Record<string, number>;
  readonly survival?: { readonly hot: Record<string, number>; readonly cold: Record<string, number> };
  readonly significant: readonly {
    readonly cell: string;
    readonly verdict: string;
    readonly events: number;
    readonly value: number;
    readonly z: number;
    readonly p: number;
    readonly p_adjusted: number;
    readonly with_imprecise: string;
    readonly without_imprecise: string;
    readonly survives: boolean;
    readonly listed?: readonly { readonly collection: string; readonly items: readonly number[] }[];
    readonly more?: number;
  }[];
}

describe('hotspots', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  const publish = (records: readonly LayerRecord[]) =>
    publishRecords(
      database,
      testLayer(
        'events',
        'point',
        [
          ['kind', 'string'],
          ['killed', 'integer'],
          ['share', 'number'],
        ],
        { kind: 'kind', measures: ['killed', 'share'] },
      ),
      records,
    );
  const askFor = async (inputs: Record<string, unknown> = {}) => {
    const { result, parts } = await ask(database, hotspots, { ...QUESTION, ...inputs });
    return { result, parts, numbers: result.numbers as unknown as Numbers };
  };

  describe('where all events lie in one hexagon', () => {
    before(() => publish(at(CENTRE, 40)));

    it('finds it and its six neighbours, with the z that can be worked out by hand', async () => {
      const { numbers, parts, result } = await askFor();
      const n = numbers.hexagons;
      expect(n).to.be.within(500, 800);
      expect(numbers.occupied).to.equal(1);
      expect(numbers.mean).to.be.closeTo(40 / n, 1e-6);
      // x is 40 in one of n hexagons: (40 - 7 * 40 / n) / (40 sqrt(n - 1) / n * sqrt(7 (n - 7) / (n - 1))).
      const [hot, cold] = [Math.sqrt((n - 7) / 7), -Math.sqrt(7 / (n - 7))];
      expect(numbers.significant.map(({ cell }) => cell).toSorted()).to.deep.equal(gridDisk(CENTRE, 1).toSorted());
      const p = Float64Array.from({ length: n }, (_, place) => twoSidedP(place < 7 ? hot : cold));
      for (const hexagon of numbers.significant) {
        expect(hexagon.verdict).to.equal('hot_99');
        expect(hexagon.z).to.be.closeTo(hot, 1e-6);
        expect(hexagon.p).to.be.closeTo(p[0] as number, 1e-11);
        expect(hexagon.p_adjusted).to.be.closeTo(adjustedP(p)[0] as number, 1e-11);
        expect(hexagon.survives).to.equal(true);
        const isCentre = hexagon.cell === CENTRE;
        expect(hexagon.events).to.equal(isCentre ? 40 : 0);
        expect(hexagon.listed?.map(({ collection, items }) => [collection, items.length])).to.deep.equal(
          isCentre ? [['events', 40]] : [],
        );
        expect(hexagon.more).to.equal(0);
      }
      expect(numbers.verdicts).to.include({ hot_99: 7, none: n - 7, cold_90: 0 });
      const [{ features, style }] = parts as [(typeof parts)[number]];
      expect(features).to.have.length(7);
      expect(features[0]?.properties).to.include({ verdict: 'hot_99', survives: true });
      expect(style).to.have.nested.property('color.by', 'verdict');
      expect(result.text.en).to.include(`7 are hot (7 at 99 %, 0 at 95 %, 0 at 90 %), and none is cold`);
      expect(result.text.fr).to.include('7 sont chauds');
      expect(result.text.en).to.match(/^Hot and cold spots of events \(Events\) in the drawn shape/);
      const killed = await askFor({ measure: 'killed' });
      expect(killed.result.text.en).to.match(/^Hot and cold spots of killed, summed over the events \(Events\), in/);
    });

    it('takes wider neighbourhoods and sums as they are asked for', async () => {
      const { numbers } = await askFor({ ring: 2, measure: 'killed', list: 0 });
      expect(numbers.significant).to.have.length(19);
      const n = numbers.hexagons;
      const centre = numbers.significant.find(({ cell }) => cell === CENTRE);
      expect(centre?.z).to.be.closeTo(Math.sqrt((n - 19) / 19), 1e-6);
      expect(centre?.value).to.equal(80);
      expect(centre?.events).to.equal(40);
      expect(centre).not.to.have.property('listed');
    });
  });

  describe('of records at random', () => {
    const random = seededRandom(11);
    const cells = gridDisk(CENTRE, 9);
    const records = Array.from({ length: 300 }, (_, nth) => {
      const near = nth % 3 === 0 ? 1 : cells.length;
      const [lat, lon] = cellToLatLng(cells[Math.floor(near * random())] as string);
      const precision_m = [500, 3_000, 20_000, 60_000, null][Math.floor(5 * random())];
      const position = { type: 'Point', coordinates: [lon + random() / 50, lat + random() / 50] };
      const share = Math.round(1e6 * random()) / 1e5;
      return testRecord(nth + 1, position as never, { killed: Math.floor(9 * random()), share, precision_m });
    });
    const order = shuffled(records.length);

    it('does not change when records come in another order, spread and sums of decimals too', async () => {
      const answers = async () => {
        const found = [];
        for (const inputs of [
          {},
          { imprecise: 'spread' },
          { imprecise: 'spread', measure: 'share' },
          { measure: 'killed' },
        ])
          found.push(await askFor({ ...inputs, list: 0 }));
        return found.map(({ numbers, parts, result }) => ({ numbers, parts, text: result.text }));
      };
      await publish(records);
      const first = await answers();
      expect(first.every(({ numbers }) => numbers.significant.length > 0)).to.equal(true);
      await publish([...order].map((at, index) => ({ ...(records[at] as LayerRecord), id: index + 1 })));
      expect(await answers()).to.deep.equal(first);
    });

    it('shows nothing of what the caller may not see: counted, spread, listed, drawn or in a reason', async () => {
      const [lat, lon] = cellToLatLng(OTHER);
      const secret = Array.from({ length: 60 }, (_, nth) =>
        testRecord(1_000 + nth, { type: 'Point', coordinates: [lon, lat] } as never, {
          ...{ killed: 100, share: 5, handling: 'restricted', precision_m: nth % 2 === 0 ? 100 : 20_000 },
        }),
      );
      const { resolution: _, ...open } = QUESTION;
      const answers = async (by?: Parameters<typeof ask>[3]) => {
        const found = [];
        for (const inputs of [
          QUESTION,
          { ...QUESTION, imprecise: 'spread' },
          { ...QUESTION, measure: 'killed' },
          open,
        ]) {
          const { result, parts } = await ask(database, hotspots, inputs, by);
          found.push({ numbers: result.numbers, text: result.text, parts });
        }
        return found;
      };
      await publish(records);
      const first = await answers();
      await publish([...records, ...secret]);
      expect(await answers()).to.deep.equal(first);
      const [full] = await answers({ access: FULL_ACCESS });
      expect((full as unknown as { numbers: Numbers }).numbers.events.inside).to.equal(360);
    });

    it('says how many records a ceiling on the precision leaves out', async () => {
      await publish(records);
      const wide = records.filter(
        ({ properties }) => !(((properties.precision_m as number | null) ?? Number.POSITIVE_INFINITY) <= 1_000),
      );
      const { result } = await askFor({ max_precision_m: 1_000 });
      expect(result.caveats.find(({ code }) => code === 'imprecise')?.text.en).to.match(
        new RegExp(`^${wide.length} records are left out.*1 km`),
      );
    });

    it('refuses more neighbours than can be added up, and weighs rings and spreading', async () => {
      const secondsOf = async (inputs: Record<string, unknown>) => {
        let seconds = 0;
        const spied = {
          ...hotspots,
          estimate: async (...asked: Parameters<typeof hotspots.estimate>) => {
            const estimate = await hotspots.estimate(...asked);
            seconds = estimate.seconds;
            return estimate;
          },
        };
        await ask(database, spied, { ...QUESTION, ...inputs });
        return seconds;
      };
      const one = await secondsOf({});
      expect((await secondsOf({ ring: 10 })) - one).to.be.above(0.05);
      expect((await secondsOf({ imprecise: 'spread' })) - one).to.be.above(1);
      const error = await askFor({ ring: 10, resolution: 7 }).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(InvalidParameter);
      expect(JSON.stringify((error as InvalidParameter).faults)).to.include('/inputs/ring');
    });
  });

  it('lists the records of every hot hexagon, at most 100 of each collection, and says how many more there are', async () => {
    await publish([...at(CENTRE, 130), ...at(OTHER, 90), ...at(OTHER, 20, { precision_m: 20_000 })]);
    await publishRecords(database, { ...testLayer('others', 'point', []), order: 9 }, at(OTHER, 7));
    const { numbers } = await askFor({ events: ['events', 'others'] });
    expect(numbers.significant.length).to.equal(14);
    const of = (cell: string) => numbers.significant.find((each) => each.cell === cell);
    const listed = (cell: string) => of(cell)?.listed?.map(({ collection, items }) => [collection, items.length]);
    expect([listed(CENTRE), of(CENTRE)?.more]).to.deep.equal([[['events', 100]], 30]);
    expect([listed(OTHER), of(OTHER)?.more]).to.deep.equal([
      [
        ['events', 90],
        ['others', 7],
      ],
      0,
    ]);
    const all = await askFor({ imprecise: 'include' });
    const other = all.numbers.significant.find(({ cell }) => cell === OTHER);
    expect([other?.listed?.[0]?.items.length, other?.more]).to.deep.equal([100, 10]);
    const first = await askFor({ list: 1 });
    expect(first.numbers.significant.filter((each) => each.listed).length).to.equal(1);
    const rising = of(CENTRE)?.listed?.[0]?.items ?? [];
    expect(rising.toSorted((a, b) => a - b)).to.deep.equal(rising);
  });

  it('says what survives where imprecise events of elsewhere are spread into the study area', async () => {
    const [lat, lon] = cellToLatLng(CENTRE);
    const beside = (nth: number) =>
      testRecord(500 + nth, { type: 'Point', coordinates: [lon + 2.2, lat] } as never, {
        killed: 1,
        precision_m: 60_000,
      });
    await publish([...at(CENTRE, 9), ...Array.from({ length: 60 }, (_, nth) => beside(nth))]);
    const { numbers, result } = await askFor({ imprecise: 'spread' });
    expect(numbers.events).to.include({ imprecise: 0, outside: 60 });
    expect(result.text.en).to.match(/With the imprecise events of elsewhere, \d+ hexagons are hot; /);
    expect(result.text.fr).to.match(/Avec les événements imprécis d’ailleurs/);
    expect((await askFor()).result.text.en).not.to.match(/of elsewhere/);
  });

  it('calls nothing hot by one report, in numbers, words and on the map', async () => {
    await publish(at(CENTRE, 1));
    const { numbers, parts, result } = await askFor();
    expect(numbers.verdicts).to.include({ too_few: 7, hot_99: 0, hot_95: 0, hot_90: 0 });
    expect(numbers.significant).to.deep.equal([]);
    expect(numbers.survival?.hot.with_imprecise).to.equal(0);
    expect(parts[0]?.features.map(({ properties }) => properties?.verdict)).to.deep.equal(Array(7).fill('too_few'));
    expect(result.text.en).to.include(
      'none is hot, and none is cold. 7 more would be hot, but have fewer than 5 events',
    );
    expect(result.text.en).not.to.include('Hottest');
  });

  it('does not say that no hexagon can be cold where some are', async () => {
    const rings = gridDisk(CENTRE, 30);
    const hole = new Set(gridDisk(CENTRE, 7));
    await publish(rings.filter((cell, nth) => !hole.has(cell) && nth % 10 !== 0).flatMap((cell) => at(cell, 1)));
    const { numbers, result } = await askFor();
    expect(numbers.mean * 7).to.be.below(5.5);
    expect(numbers.verdicts?.cold_99).to.be.above(20);
    expect(JSON.stringify(result)).not.to.match(/can be cold|ne peut être froid/);
    expect(result.caveats.map(({ code }) => code)).to.include('sparse');
  });

  describe('where some events are imprecise', () => {
    before(() =>
      publish([
        ...at(CENTRE, 40),
        ...at(OTHER, 40, { precision_m: 20_000 }),
        ...at(CENTRE, 3, { precision_m: 500_000 }),
      ]),
    );

    it('leaves them out, and says which hexagons would be hot with them', async () => {
      const { numbers, result } = await askFor();
      expect(numbers.events).to.deep.equal({ counted: 40, inside: 83, outside: 0, imprecise: 43 });
      expect(numbers.verdicts?.hot_99).to.equal(7);
      expect(numbers.survival?.hot).to.deep.equal({ with_imprecise: 14, without_imprecise: 7, survive: 7 });
      expect(result.caveats.map(({ code }) => code)).to.include.members(['imprecise', 'mostly-left-out']);
      expect(result.text.en).to.include(
        'With the 43 imprecise events, 14 hexagons are hot; 7 of these are hot without them too',
      );
      // A record that is listed is one that is counted.
      const items = numbers.significant.flatMap(({ listed }) => listed?.flatMap((each) => each.items) ?? []);
      expect(items).to.have.length(40);
      expect(Math.max(...items)).to.be.below(Math.min(...items) + 40);
    });

    it('counts them at their position where that is asked for, and says that these hexagons do not survive', async () => {
      const { numbers } = await askFor({ imprecise: 'include' });
      const other = numbers.significant.find(({ cell }) => cell === OTHER);
      expect(other).to.deep.include({
        ...{ verdict: 'hot_99', events: 40, survives: false },
        ...{ with_imprecise: 'hot_99', without_imprecise: 'none' },
      });
      const centre = numbers.significant.find(({ cell }) => cell === CENTRE);
      expect(centre).to.include({ events: 43, survives: true });
    });

    it('spreads them in equal shares over what their circles meet', async () => {
      const { numbers, result } = await askFor({ imprecise: 'spread' });
      const { counted, spread_away, not_spread } = numbers.events as Record<string, number>;
      // Three of 500 km are known too badly to be spread; of the others nothing is lost.
      expect(not_spread).to.equal(3);
      expect((counted as number) + (spread_away as number)).to.be.closeTo(80, 1e-3);
      const other = numbers.significant.find(({ cell }) => cell === OTHER);
      expect(other?.events).to.be.within(1, 8);
      expect(result.caveats.map(({ code }) => code)).to.include('imprecise-spread');
    });
  });

  describe('where it is not defined', () => {
    const reasonFor = async (inputs: Record<string, unknown>) => {
      const { numbers, result, parts } = await askFor(inputs);
      expect(numbers.significant).to.deep.equal([]);
      expect(numbers).not.to.have.any.keys('verdicts', 'survival');
      expect(result.text.en).to.include('Gi* is not defined');
      expect(result.text.fr).to.include('Gi* n’est pas défini');
      expect(parts[0]?.features.every(({ properties }) => properties?.verdict === 'not_defined')).to.equal(true);
      return numbers.not_defined;
    };
    before(() => publish(at(CENTRE, 4)));

    it('says so of an area without events, a neighbourhood that is the whole area, and equal values', async () => {
      expect(await reasonFor({ datetime: '1999-01-01' })).to.equal('all-zero');
      const [lat, lon] = cellToLatLng(CENTRE);
      const small = { geometry: boxOf(lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001) };
      expect(await reasonFor({ place: small })).to.equal('one-place');
      const few = { geometry: boxOf(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1) };
      expect(await reasonFor({ place: few, ring: 4 })).to.equal('neighbourhood-is-all');
      const { numbers } = await askFor({ place: few });
      expect(numbers.hexagons).to.be.below(12);
      await publish(gridDisk(CENTRE, 4).flatMap((cell) => at(cell, 2)));
      expect(await reasonFor({ place: few })).to.equal('all-equal');
    });
  });

  it('recommends a resolution and says why', async () => {
    await publish(gridDisk(CENTRE, 6).flatMap((cell) => at(cell, 30)));
    const { resolution: _, ...open } = QUESTION;
    const { result } = await ask(database, hotspots, open);
    // 3,810 events on about 143,000 km2: 2 A / n is 75 km2, between resolutions 5 and 6.
    expect(result.numbers).to.include({ resolution: 5, recommended: 'events' });
    expect(result.text.en).to.include('twice the area divided by the number of events');
  });

  it('refuses a measure that is not summed', async () => {
    try {
      await askFor({ measure: 'wounded' });
    } catch (error) {
      expect(error).to.be.instanceOf(InvalidParameter);
      expect((error as Error).message).to.include('does not sum "wounded"; it sums killed');
      return;
    }
    throw new Error('it was taken');
  });
});
