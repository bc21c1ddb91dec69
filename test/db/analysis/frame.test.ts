import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { z } from 'zod';
import { inputsOf, SelectionsSchema } from '../../../server/analysis/inputs.ts';
import { findPlace } from '../../../server/analysis/place.ts';
import { defineProcess } from '../../../server/analysis/process.ts';
import { count, quantity } from '../../../server/analysis/quantity.ts';
import { select } from '../../../server/analysis/select.ts';
import { FeatureNotFound, InvalidParameter, LayerNotFound, VersionNotKept } from '../../../server/core/errors.ts';
import { publish } from '../../../server/jobs/publish.ts';
import { FULL_ACCESS, predicate } from '../../../server/query/filter.ts';
import { sql, toQuery } from '../../../server/query/sql.ts';
import { recordTable } from '../../../server/query/tables.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

/** Which records a question is about: the smallest process that uses all of the frame. */
const look = defineProcess({
  ...{ id: 'look', title: { en: 'Look', fr: 'Voir' }, description: { en: 'A test.', fr: 'Un essai.' } },
  inputs: inputsOf({ events: SelectionsSchema.optional() }),
  numbers: z.strictObject({
    found: count('records'),
    area: quantity('km2', 'area', 6),
    length: quantity('km', 'length', 6),
  }),
  estimate: async () => ({ comparisons: 0, seconds: 0 }),
  run: async (question, inputs) => {
    const place = inputs.place && (await findPlace(question, inputs.place));
    const wanted = { roles: ['events'], geometry: 'point', input: 'events', takesFilter: true } as const;
    const ids: string[] = [];
    for (const { layer, filter } of await select(question, inputs.events, inputs, wanted)) {
      const narrowed = { ...filter, place: place?.geometry };
      const rows = await question.run<{ record_id: string }>(
        toQuery(sql`SELECT record_id FROM ${recordTable(layer)} WHERE ${predicate(layer, narrowed)} ORDER BY fid`),
      );
      ids.push(...rows.map(({ record_id }) => record_id));
    }
    const title = place?.title ?? { en: 'everywhere', fr: 'partout' };
    return {
      numbers: { found: ids.length, area: place?.areaKm2 ?? 0, length: place?.lengthKm ?? 0 },
      parts: [],
      text: { en: `${title.en}: ${ids.join(' ')}`, fr: `${title.fr} : ${ids.join(' ')}` },
      caveats: [],
    };
  },
});

const at = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });
const day = (text: string) => ({ valid_from: text, valid_to: `${text.slice(0, -2)}${Number(text.slice(-2)) + 1}` });

const events = testLayer('events', 'point', [['kind', 'string']]);
const modelled = testLayer('modelled', 'point', [['kind', 'string']], { nature: 'modelled' });
const lines = testLayer('ways', 'line', [['name', 'string']], { role: 'corridors' });
const units = testLayer(
  'units',
  'polygon',
  [
    ['name', 'string'],
    ['name_fr', 'string'],
    ['pcode', 'string'],
  ],
  { role: 'boundaries', time: null },
);

describe('the frame of an analysis', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    await publishRecords(database, events, [
      testRecord(1, at(-4, 14), { precision_m: 500, ...day('2016-09-14') }),
      testRecord(2, at(179.5, 10), { precision_m: 50_000 }),
      testRecord(3, at(-179.5, 10)),
      testRecord(4, at(-4, 14), { handling: 'restricted' }),
      // On the corner that the squares of two units share.
      testRecord(5, at(0, 15)),
    ]);
    await publishRecords(database, modelled, [
      testRecord(1, at(-4, 14), { record_id: 'modelled-1', confidence: 'modelled' }),
    ]);
    await publishRecords(database, lines, [
      testRecord(
        7,
        {
          type: 'LineString',
          coordinates: [
            [0, 0],
            [1, 0],
          ],
        },
        { record_id: 'ways/equator', name: 'Equator' },
      ),
      testRecord(
        8,
        {
          type: 'LineString',
          coordinates: [
            [0, 1],
            [1, 1],
          ],
        },
        { handling: 'internal' },
      ),
    ]);
    const unit = (id: number, west: number, names: object) =>
      testRecord(id, boxOf(west, 13, west + 5, 15), { name: null, name_fr: null, pcode: null, ...names });
    await publishRecords(database, units, [
      unit(1, -5, { name: 'Ménaka', name_fr: 'Ménaka', pcode: 'ML10' }),
      unit(2, 0, { name: 'Timbuktu', name_fr: 'Tombouctou', pcode: 'ML06' }),
      unit(3, 5, { name: 'Bamako', pcode: 'ML09' }),
      unit(4, 10, { name: 'Bamako', pcode: 'ML0901' }),
      unit(5, 15, { name: 'Hidden', pcode: 'XX1', handling: 'restricted' }),
    ]);
  });
  after(() => database.close());

  const looked = async (inputs: Record<string, unknown>, by: Parameters<typeof ask>[3] = {}) =>
    (await ask(database, look, inputs, by)).result;
  const found = async (...given: Parameters<typeof looked>) => (await looked(...given)).text.en.split(': ')[1];
  async function refusal(inputs: Record<string, unknown>, by: Parameters<typeof ask>[3] = {}): Promise<Error> {
    try {
      await looked(inputs, by);
    } catch (error) {
      return error as Error;
    }
    throw new Error(`it was taken: ${JSON.stringify(inputs)}`);
  }
  async function refusedPlace(place: object): Promise<string> {
    const error = await refusal({ place });
    expect(error, `${JSON.stringify(place)}: ${error.stack}`).to.be.instanceOf(InvalidParameter);
    const [fault] = (error as InvalidParameter).faults;
    expect(fault?.pointer).to.match(/^\/inputs\/place/);
    return fault?.detail ?? '';
  }

  it('narrows by precision, time, place and who asks', async () => {
    expect(await found({})).to.equal('1 2 3 5');
    expect(await found({}, { access: FULL_ACCESS })).to.equal('1 2 3 4 5');
    expect(await found({ max_precision_m: 1_000 })).to.equal('1 3 5');
    expect(await found({ max_precision_m: 499 })).to.equal('');
    expect(await found({ datetime: '2016-09-14' })).to.equal('1');
    expect(await found({ place: { admin: 'ML10' } })).to.equal('1 5');
    expect(await found({ place: { geometry: at(-4, 14) } })).to.equal('1');
  });

  it('measures a box whose edges are parallels, also right round the earth', async () => {
    // A zone of the sphere of equal area: 2 pi R^2 (sin north - sin south).
    const zone = (south: number, north: number, share: number) => {
      const sine = (degrees: number) => Math.sin((degrees * Math.PI) / 180);
      return 2 * Math.PI * 6371.0072 ** 2 * (sine(north) - sine(south)) * share;
    };
    for (const [west, south, east, north] of [
      [-180, -80, 180, 80],
      [-170, 10, 175, 20],
      [0, 50, 90, 60],
      [170, -10, -170, 10],
    ] as const) {
      const { area } = (await looked({ place: { bbox: [west, south, east, north] } })).numbers as { area: number };
      const width = (east - west + 360) % 360 || 360;
      const expected = zone(south, north, width / 360);
      // The ellipsoid differs from that sphere by some thousandths.
      expect(area / expected, `${west}, ${south}, ${east}, ${north}`).to.be.closeTo(1, 0.006);
    }
  });

  it('finds modelled records only where they are named, and mixes them only where that is said', async () => {
    expect(await found({ events: 'modelled' })).to.equal('modelled-1');
    expect((await refusal({ events: ['events', 'modelled'] })).message).to.include('mix');
    expect(await found({ events: ['events', 'modelled'], mix: true })).to.equal('1 2 3 5 modelled-1');
  });

  describe('a place', () => {
    it('is a record by its number or its id, which the caller may see', async () => {
      const place = (item: number | string) => ({ place: { collection: 'ways', item } });
      for (const item of [7, 'ways/equator']) {
        const { text, numbers } = await looked(place(item));
        expect(text.en).to.equal('Equator: ');
        // One degree of the equator: 6378137 m times pi / 180.
        expect(numbers).to.deep.equal({ found: 0, area: 0, length: 111.319491 });
      }
      expect(await refusal(place(8))).to.be.instanceOf(FeatureNotFound);
      expect((await looked(place(8), { access: FULL_ACCESS })).text.en).to.equal('Events: 8: ');
      for (const item of [9, '7', 'ways/none', Number.MAX_SAFE_INTEGER]) {
        expect(await refusal(place(item)), String(item)).to.be.instanceOf(FeatureNotFound);
      }
      expect(await refusal({ place: { collection: 'none', item: 1 } })).to.be.instanceOf(LayerNotFound);
    });

    it('is a unit by its code or its name, without regard to case and accents', async () => {
      for (const admin of ['ML10', 'ml10', 'Ménaka', 'menaka', 'MENAKA', '  ménaka ', 'Me\u0301naka']) {
        expect((await looked({ place: { admin } })).text.en, admin).to.equal('Ménaka: 1 5');
      }
      const { text } = await looked({ place: { admin: 'tombouctou' } });
      expect([text.en, text.fr]).to.deep.equal(['Timbuktu: 5', 'Tombouctou\u00a0: 5']);
    });

    it('is no unit that is not alone in its name, that there is not, or that the caller may not see', async () => {
      expect(await refusedPlace({ admin: 'Bamako' }))
        .to.include('several units of "units"')
        .and.include('P-code');
      expect((await looked({ place: { admin: 'ML0901' } })).text.en).to.equal('Bamako: ');
      expect(await refusedPlace({ admin: 'Atlantis' })).to.include('No administrative unit is called "Atlantis"');
      expect(await refusedPlace({ admin: 'Hidden' })).to.include('No administrative unit');
      expect(await refusedPlace({ admin: "'; DROP TABLE layer.units_1; --" })).to.include('No administrative unit');
    });

    it('is the unit of the collection that a receipt names, whatever comes into service before it', async () => {
      const { result } = await ask(database, look, { place: { admin: 'ML10' } });
      const newer = { ...units, id: 'newer_units', order: 0 };
      await publishRecords(database, newer, [
        testRecord(1, boxOf(50, 50, 51, 51), { name: 'Ménaka', name_fr: null, pcode: 'ML10' }),
      ]);
      expect((await looked({ place: { admin: 'ML10' } })).text.en).to.equal('Ménaka: ');
      const again = await ask(database, look, result.receipt.inputs);
      expect(JSON.stringify(again.result)).to.equal(JSON.stringify(result));
    });

    it('is a box, also one over the antimeridian or up to it', async () => {
      const box = (...bbox: number[]) => found({ place: { bbox } });
      expect(await box(-5, 13, 5, 15)).to.equal('1 5');
      expect(await box(179, 9, -179, 11)).to.equal('2 3');
      expect(await box(179, 9, -180, 11)).to.equal('2');
      expect(await box(180, 9, -179, 11)).to.equal('3');
      expect(await box(-180, -90, 180, 90)).to.equal('1 2 3 5');
      expect(await refusedPlace({ bbox: [0, 15, 5, 13] })).to.include('south must lie below north');
      expect(await refusedPlace({ bbox: [5, 13, 5, 15] })).to.include('no width');
      expect(await refusedPlace({ bbox: [180, 13, -180, 15] })).to.include('no width');
    });

    it('has the area of its straight edges in degrees, to a few parts in a million', async () => {
      // Between two parallels, of the ellipsoid: Snyder 1987, equation 3-12 and 14-15.
      const area = ([west, south, east, north]: readonly [number, number, number, number]) => {
        const [a, e] = [6378.137, 0.0818191908426215];
        const q = (degrees: number) => {
          const s = Math.sin((degrees * Math.PI) / 180);
          return (1 - e ** 2) * (s / (1 - (e * s) ** 2) - Math.log((1 - e * s) / (1 + e * s)) / (2 * e));
        };
        return ((a ** 2 / 2) * (q(north) - q(south)) * ((east - west) * Math.PI)) / 180;
      };
      for (const bbox of [
        [-12.3, 10.1, 4.3, 25],
        [0, 14, 0.01, 14.01],
        [-180, -60, 180, 75],
      ] as const) {
        const { area: found } = (await looked({ place: { bbox } })).numbers as { area: number };
        expect(Math.abs(found / area(bbox) - 1), `${bbox}: ${found} ${area(bbox)}`).to.be.below(2e-5);
      }
    });

    it('is a drawn shape: one that crosses itself is a line, not a polygon', async () => {
      const bow = [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ];
      const crossing = await looked({ place: { geometry: { type: 'LineString', coordinates: bow } } });
      expect(crossing.numbers.length).to.be.greaterThan(400);
      expect(await refusedPlace({ geometry: { type: 'Polygon', coordinates: [bow] } })).to.include('Self-intersection');
      const holed = [boxOf(-5, 13, 5, 16).coordinates[0], boxOf(-4.5, 13.5, -3.5, 14.5).coordinates[0]];
      expect(await found({ place: { geometry: { type: 'Polygon', coordinates: holed } } })).to.equal('5');
    });

    it('is a line between antipodes too, by any of the ways that are the shortest', async () => {
      const coordinates = [
        [0, 0],
        [180, 0],
      ];
      const { numbers } = await looked({ place: { geometry: { type: 'LineString', coordinates } } });
      // Over a pole, which is nearer than along the equator.
      expect(numbers.length).to.be.closeTo(20_003.931459, 1e-3);
    });

    it('is refused with its reason when it is no shape', async () => {
      const drawn = (type: string, coordinates: unknown) => refusedPlace({ geometry: { type, coordinates } });
      expect(
        await drawn('Polygon', [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ],
        ]),
      ).to.equal('The geometry is not valid: a ring of a polygon does not end at the position where it begins.');
      expect(
        await drawn('Polygon', [
          [
            [0, 0],
            [1, 0],
            [2, 0],
            [0, 0],
          ],
        ]),
      ).to.match(/not valid|few points/i);
      expect(
        await drawn('LineString', [
          [0, 0],
          [0, 0],
        ]),
      ).to.match(/not valid|few points/i);
      expect(await drawn('MultiPolygon', [boxOf(0, 0, 2, 2).coordinates, boxOf(1, 1, 3, 3).coordinates])).to.include(
        'not valid',
      );
      expect(await drawn('Polygon', [boxOf(0, 0, 1, 1).coordinates[0], boxOf(5, 5, 6, 6).coordinates[0]])).to.include(
        'Hole',
      );
    });

    it('may have heights and repeated points, which do not matter', async () => {
      const length = async (coordinates: number[][]) =>
        (await looked({ place: { geometry: { type: 'LineString', coordinates } } })).numbers.length;
      const plain = await length([
        [0, 0],
        [1, 0],
      ]);
      for (const coordinates of [
        [
          [0, 0, 900],
          [1, 0, 0],
        ],
        [
          [0, 0],
          [1, 0, 7],
        ],
        [
          [0, 0, 1, 2],
          [1, 0, 1, 2],
        ],
        [
          [0, 0, 1, 2, 3],
          [1, 0],
        ],
        [
          [0, 0],
          [0, 0],
          [1, 0],
          [1, 0],
        ],
      ]) {
        expect(await length(coordinates), JSON.stringify(coordinates)).to.equal(plain);
      }
    });
  });

  describe('a receipt', () => {
    it('is honoured after another publication, with the same bytes', async () => {
      const asked = { place: { bbox: [-10, 0, 10, 20] }, filter: "kind IS NULL OR kind = 'x'", max_precision_m: 2_000 };
      const { result } = await ask(database, look, asked);
      expect(result.text.en).to.equal('the box: 1 5');
      const { generations } = result.receipt.inputs;
      const next = await publishRecords(database, events, [testRecord(9, at(-4, 14))]);
      expect(next).to.be.greaterThan(generations.events ?? 0);
      expect((await looked(asked)).text.en).to.equal('the box: 9');
      const again = await ask(database, look, JSON.parse(JSON.stringify(result.receipt.inputs)));
      expect(JSON.stringify(again.result)).to.equal(JSON.stringify(result));
      expect(again.layers.get('events')?.generationInService).to.equal(next);
    });

    it('never shows what is withheld by now, though it was public in its version', async () => {
      const open = { ...events, id: 'open_events' };
      const first = await publishRecords(database, open, [
        testRecord(1, at(1, 1), { record_id: 'a' }),
        testRecord(2, at(1, 1), { record_id: 'b' }),
        testRecord(3, at(1, 1), { record_id: 'c' }),
      ]);
      const asked = { events: 'open_events', generations: { open_events: first } };
      expect(await found(asked)).to.equal('a b c');
      await publishRecords(database, open, [
        testRecord(1, at(1, 1), { record_id: 'a', handling: 'restricted' }),
        // The same report under another number.
        testRecord(7, at(1, 1), { record_id: 'b', handling: 'internal' }),
      ]);
      expect(await found(asked)).to.equal('c');
      expect(await found(asked, { access: { handling: ['public', 'internal'] } })).to.equal('b c');
      expect(await found(asked, { access: FULL_ACCESS })).to.equal('a b c');
      // Also as a place, and after a further version that has them no more.
      await publishRecords(database, open, []);
      expect(await found(asked)).to.equal('c');
      const place = { collection: 'open_events', item: 'a' };
      expect(await refusal({ ...asked, place })).to.be.instanceOf(FeatureNotFound);
    });

    it('of a version whose records are gone says so', async () => {
      const short = { ...events, id: 'short_events' };
      for (const generation of [1, 2, 3]) {
        const options = { generation, seedHash: null, versionsKept: 1 };
        await database.transaction((run) => publish(run, short, [testRecord(generation, at(1, 1))], options));
      }
      const asked = (generation: number) => ({ events: 'short_events', generations: { short_events: generation } });
      expect(await found(asked(3))).to.equal('3');
      for (const gone of [1, 99]) expect(await refusal(asked(gone))).to.be.instanceOf(VersionNotKept);
    });
  });
});
