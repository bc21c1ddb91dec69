import { booleanIntersects, booleanPointInPolygon, polygon } from '@turf/turf';
import { expect } from 'chai';
import fc from 'fast-check';
import { cellToParent, getPentagons, gridDisk, latLngToCell } from 'h3-js';
import { after, before, describe, it } from 'mocha';
import { countCells } from '../../../server/analysis/cells/count-cells.ts';
import { checkRing, ringNeighbours, secondsOfRing } from '../../../server/analysis/cells/neighbours.ts';
import { findStudyCells, type StudyCells } from '../../../server/analysis/cells/study-cells.ts';
import type { Question } from '../../../server/analysis/question.ts';
import type { Selected } from '../../../server/analysis/select.ts';
import { toSteps } from '../../../server/analysis/steps.ts';
import { windowOf } from '../../../server/analysis/window.ts';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { checkFilter } from '../../../server/core/cql2/check.ts';
import { parseFilter } from '../../../server/core/cql2/parse-text.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { BASE_RESOLUTION, outlineOf, radiusOfCells } from '../../../server/core/hex.ts';
import { parseDatetime } from '../../../server/core/interval.ts';
import type { LayerRecord } from '../../../server/core/record.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import { publish as publishLayer } from '../../../server/jobs/publish.ts';
import { type Access, FULL_ACCESS, PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { boxOf } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';
import { EVENTS_LAYER, eventRecord } from '../../support/layers.ts';

const iso = (...parts: [number, number, number]) => new Date(Date.UTC(...parts)).toISOString().slice(0, 10);
const span = (sort: string, day: number): [string | null, string | null] => {
  const from = new Date(Date.UTC(2014, 0, 1 + day));
  const [y, m, d] = [from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate()];
  if (sort === 'month') return [iso(y, m, 1), iso(y, m + 1, 1)];
  if (sort === 'weeks') return [iso(y, m, d), iso(y, m, d + 20)];
  if (sort === 'year') return [iso(y, 0, 1), iso(y + 1, 0, 1)];
  return sort === 'open' ? [iso(y, m, d), null] : [iso(y, m, d), iso(y, m, d + 1)];
};

/** Events in clusters and alone, known more and less precisely in place and time. */
const records: fc.Arbitrary<LayerRecord[]> = fc
  .array(
    fc.record({
      dx: fc.double({ min: -1, max: 1, noNaN: true }),
      dy: fc.double({ min: -1, max: 1, noNaN: true }),
      near: fc.boolean(),
      kind: fc.constantFrom('a', 'b', null),
      killed: fc.option(fc.nat(9), { nil: null }),
      sort: fc.constantFrom('day', 'day', 'weeks', 'month', 'year', 'open'),
      day: fc.integer({ min: 0, max: 1000 }),
      precision_m: fc.constantFrom(100, 100, 800, 6000, 20_000, 300_000, null),
      handling: fc.constantFrom('public', 'public', 'restricted'),
    }),
    { minLength: 150, maxLength: 150 },
  )
  .map((drawn) =>
    drawn.map(({ dx, dy, near, sort, day, ...properties }, index) => {
      const [valid_from, valid_to] = span(sort, day);
      const reach = near ? 0.05 : 1;
      return eventRecord(index + 1, -4 + reach * dx, 14 + reach * dy, { ...properties, valid_from, valid_to });
    }),
  );

describe('hexagons of a study area', () => {
  let database: TestDatabase;
  let layer: PublishedLayer;
  let asked: string[] = [];
  let generation = 0;
  const questionOf = (access: Access): Question => ({
    layer: async () => layer,
    ...{ layers: [], access, takes: () => undefined, progress: () => undefined, signal: new AbortController().signal },
    run: (query) => {
      asked.push(query.text);
      return database.run(query);
    },
  });
  const select = (access: Access, window?: string, filter?: string): Selected => ({
    layer,
    filter: {
      access,
      datetime: window === undefined ? undefined : parseDatetime(window),
      expression: filter === undefined ? undefined : checkFilter(parseFilter(filter), layer),
    },
    maxPrecisionM: undefined,
  });
  const publish = async (features: readonly LayerRecord[]) => {
    generation += 1;
    // Few records fill a tile, so that there are hexagons and their roll-up.
    const options = { generation, seedHash: null, budget: { records: 5, bytes: 1e6 } };
    await database.transaction((run) => publishLayer(run, EVENTS_LAYER, features, options));
    layer = (await readCatalogue(database.run)).get(EVENTS_LAYER.id);
  };
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  it('hold the same counts by the roll-up as by the records (property)', async () => {
    let byRollup = 0;
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.array(
          fc.record({
            resolution: fc.integer({ min: 0, max: 7 }),
            access: fc.constantFrom(PUBLIC_ACCESS, FULL_ACCESS),
            window: fc.constantFrom(
              undefined,
              '2014-01-01/2016-12-31',
              '2015-03-01/2015-08-31',
              '2014-06-10/2015-01-20',
            ),
            filter: fc.constantFrom(undefined, "kind = 'a'", "kind IS NULL OR kind = 'b'", 'killed > 3'),
            measure: fc.constantFrom(undefined, 'killed'),
            step: fc.constantFrom(undefined, 'month' as const, 'quarter' as const, 'year' as const),
            place: fc.constantFrom(undefined, { geometry: boxOf(-4.5, 13.8, -3.9, 14.4) as never }),
          }),
          { minLength: 12, maxLength: 12 },
        ),
        async (features, questions) => {
          await publish(features);
          for (const { resolution, access, window, filter, measure, step, place } of questions) {
            const question = questionOf(access);
            const selected = select(access, window, filter);
            const study = await findStudyCells(question, [selected], { place, resolution });
            const time = window && step ? { step, steps: toSteps(windowOf([selected]), step) } : undefined;
            asked = [];
            const fast = await countCells(question, [selected], study, { time, measure });
            const isRolledUp = !asked.some((text) => text.includes(`"${layer.table}"`));
            if (isRolledUp) byRollup += 1;
            else
              expect([resolution > (layer.prepared.rollupResolution ?? -1), window, filter]).to.satisfy(
                ([isFine, when, which]: [boolean, string, string | undefined]) =>
                  isFine || when === '2014-06-10/2015-01-20' || which === 'killed > 3',
              );
            const older = { ...layer, prepared: { ...layer.prepared, rollupTellsPrecision: false } };
            const slow = await countCells(question, [{ ...selected, layer: older }], study, {
              time,
              measure,
            });
            expect(fast).to.deep.equal(slow);
          }
        },
      ),
      { numRuns: 6, endOnFailure: true },
    );
    expect(byRollup, 'the roll-up was asked').to.be.above(10);
  }).timeout(120_000);

  it('hold each event once, by its own cell, step and precision', async () => {
    const [features] = fc.sample(records, { numRuns: 1, seed: 3 }) as [LayerRecord[]];
    await publish(features);
    const place = { geometry: boxOf(-4.3, 13.7, -3.6, 14.2) as never };
    const selected = select(FULL_ACCESS, '2014-01-01/2016-12-31');
    for (const [resolution, step] of [
      [4, 'month'],
      [6, 'year'],
    ] as const) {
      const study = await findStudyCells(questionOf(FULL_ACCESS), [selected], { place, resolution });
      const steps = toSteps(windowOf([selected]), step);
      const time = { step, steps };
      const counts = await countCells(questionOf(FULL_ACCESS), [selected], study, { time });
      const expected = {
        all: counts.all.map(() => 0),
        precise: counts.all.map(() => 0),
        inside: 0,
        outside: 0,
        undated: 0,
      };
      for (const { geometry, properties } of features) {
        const [lon, lat] = (geometry as { coordinates: [number, number] }).coordinates;
        const cell = study.indexOf.get(cellToParent(latLngToCell(lat, lon, BASE_RESOLUTION), resolution));
        if (booleanPointInPolygon([lon, lat], polygon([boxOf(-4.3, 13.7, -3.6, 14.2).coordinates[0] as never]))) {
          expect(cell, 'an event in the area is in one of its hexagons').not.to.equal(undefined);
        }
        if (cell === undefined) {
          expected.outside += 1;
          continue;
        }
        expected.inside += 1;
        const { valid_from, valid_to, precision_m } = properties as Record<string, string> & {
          precision_m: number | null;
        };
        const nth = steps.findIndex(({ from, to }) => from <= `${valid_from}` && valid_to != null && valid_to <= to);
        if (nth < 0) {
          expected.undated += 1;
          continue;
        }
        const index = nth * study.cells.length + cell;
        expected.all[index] = (expected.all[index] as number) + 1;
        if (precision_m !== null && precision_m <= radiusOfCells(resolution)) {
          expected.precise[index] = (expected.precise[index] as number) + 1;
        }
      }
      const { all, precise, inside, outside, undated } = counts;
      expect({ all, precise, inside, outside, undated }).to.deep.equal(expected);
    }
  }).timeout(60_000);

  it('are all that meet the area, those without events too, and few others', async () => {
    const question = questionOf(PUBLIC_ACCESS);
    const triangle = [
      [-5, 13],
      [-2.5, 13.4],
      [-4, 16],
      [-5, 13],
    ] as [number, number][];
    const geometry = { type: 'Polygon', coordinates: [triangle] } as const;
    for (const resolution of [3, 4, 5]) {
      const study = await findStudyCells(question, [select(PUBLIC_ACCESS)], {
        place: { geometry: geometry as never },
        resolution,
      });
      expect(study.cells).to.deep.equal([...new Set(study.cells)].sort());
      const around = gridDisk(latLngToCell(14.2, -3.9, resolution), { 3: 5, 4: 12, 5: 30 }[resolution] as number);
      const meets = (cell: string) => booleanIntersects(polygon([outlineOf(cell)]), polygon([triangle]));
      const wanted = around.filter(meets);
      expect(wanted.filter((cell) => !study.indexOf.has(cell))).to.deep.equal([]);
      // Those that come within a fifth of an edge of it.
      expect(study.cells.length - wanted.length).to.be.within(0, wanted.length / 5 + 5);
    }
  });

  it('are those of where the collections say that they are, or of the box of their records', async () => {
    const question = questionOf(PUBLIC_ACCESS);
    await publish([eventRecord(1, -4, 14), eventRecord(2, -3, 15)]);
    const ofBox = await findStudyCells(question, [select(PUBLIC_ACCESS)], { resolution: 4 });
    const given = await findStudyCells(question, [select(PUBLIC_ACCESS)], {
      place: { geometry: boxOf(-4, 14, -3, 15) as never },
      resolution: 4,
    });
    expect(ofBox.cells).to.deep.equal(given.cells);
    expect(ofBox.recommended).to.equal(undefined);
    layer = { ...layer, area: [-6, 12, -2, 16] };
    const ofArea = await findStudyCells(question, [select(PUBLIC_ACCESS)], { resolution: 4 });
    expect(ofArea.cells.length).to.be.above(4 * ofBox.cells.length);
    expect(ofArea.areaKm2).to.be.closeTo(ofArea.cells.length * 1770, ofArea.cells.length * 300);
  });

  it('are refused where there are too many, and where nothing says where they are', async function () {
    this.timeout(10_000);
    const question = questionOf(PUBLIC_ACCESS);
    const refused = async (given: Parameters<typeof findStudyCells>[2]) => {
      try {
        await findStudyCells(question, [select(PUBLIC_ACCESS)], given);
      } catch (error) {
        if (error instanceof InvalidParameter) return error.message;
        throw error;
      }
      throw new Error('it was taken');
    };
    const wide = { place: { bbox: [-10, 0, 10, 20] as [number, number, number, number] }, resolution: 7 };
    expect(await refused(wide)).to.match(/Resolution 7 makes about .* hexagons here; at most 50,000/);
    expect(await refused({ place: { geometry: { type: 'Point', coordinates: [0, 0] } } })).to.include('a point');
    // Strips have hardly an area, and meet hexagons all the same: none is laid out.
    const strip = (nth: number) => boxOf(-180, nth * 4 - 60, 180, nth * 4 - 60 + 1e-7).coordinates;
    const strips = { type: 'MultiPolygon', coordinates: Array.from({ length: 30 }, (_, nth) => strip(nth)) };
    expect(await refused({ place: { geometry: strips as never }, resolution: 8 })).to.match(
      /Resolution 8 makes about [\d,]{7,} hexagons here/,
    );
    const { area: _, ...anywhere } = layer;
    layer = { ...anywhere, bbox: null };
    expect(await refused({})).to.include('Nothing says where the study area is');
  });

  it('have as neighbours those of the area within so many steps, themselves among them', () => {
    const middle = latLngToCell(14, -4, 5);
    const cells = gridDisk(middle, 3).sort();
    const study: Pick<StudyCells, 'cells' | 'indexOf'> = {
      cells,
      indexOf: new Map(cells.map((cell, at) => [cell, at])),
    };
    for (const k of [1, 2]) {
      const { offsets, members } = ringNeighbours(study, k);
      for (const [place, cell] of cells.entries()) {
        const wanted = gridDisk(cell, k)
          .filter((other) => cells.includes(other))
          .sort();
        const found = [...members.subarray(offsets[place], offsets[place + 1])].map((at) => cells[at]);
        expect(found).to.deep.equal(wanted);
        expect(found).to.include(cell);
      }
    }
    expect(ringNeighbours(study, 1)).to.equal(ringNeighbours(study, 1));
  });

  it('have those beyond a gap of the area as neighbours too, and fewer around a pentagon', () => {
    const pentagon = getPentagons(4)[3] as string;
    for (const [middle, k] of [
      [latLngToCell(14, -4, 5), 4],
      [pentagon, 3],
    ] as const) {
      // Every third of a disk, and an island.
      const cells = [...gridDisk(middle, 7).filter((_, at) => at % 3 === 0), ...gridDisk(middle, 12).slice(-4)].sort();
      const study = { cells, indexOf: new Map(cells.map((cell, at) => [cell, at])) };
      const { offsets, members } = ringNeighbours(study, k);
      for (const [place, cell] of cells.entries()) {
        const wanted = gridDisk(cell, k).flatMap((other) => study.indexOf.get(other) ?? []);
        const found = [...members.subarray(offsets[place], offsets[place + 1])];
        expect(found).to.deep.equal(wanted.sort((a, b) => a - b));
      }
    }
  });

  it('have no more neighbours than can be added up', () => {
    const study = { cells: Array.from({ length: 50_000 }, () => 'x') };
    expect(() => checkRing(study, 5)).not.to.throw();
    expect(() => checkRing(study, 6)).to.throw(InvalidParameter, /6 rings around 50,000 hexagons are 6,350,000/);
    expect(secondsOfRing(study, 5)).to.be.above(secondsOfRing(study, 1));
  });

  it('say how precisely half of the events are known, those of which nothing is known among the imprecise', async () => {
    const known = (count: number) =>
      Array.from({ length: 10 }, (_, nth) =>
        eventRecord(nth + 1, -4, 14, { precision_m: nth < count ? 100 + nth : null }),
      );
    const question = questionOf(PUBLIC_ACCESS);
    const reason = async (count: number) => {
      await publish(known(count));
      const place = { geometry: boxOf(-5, 13, -3, 15) as never };
      return (await findStudyCells(question, [select(PUBLIC_ACCESS)], { place })).recommended?.reason.en;
    };
    expect(await reason(2)).to.match(/nothing says how precisely/);
    expect(await reason(8)).not.to.match(/nothing says how precisely/);
  });
});
