import { expect } from 'chai';
import fc from 'fast-check';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, it } from 'mocha';
import type { StudyCells } from '../../../../server/analysis/cells/study-cells.ts';
import { spread } from '../../../../server/analysis/hotspots/spread.ts';
import type { Question } from '../../../../server/analysis/question.ts';
import type { Selected } from '../../../../server/analysis/select.ts';
import { InvalidParameter } from '../../../../server/core/errors.ts';
import { UNPREPARED } from '../../../../server/core/prepared.ts';
import type { ImpreciseRow } from '../../../../server/query/analysis/hotspots.ts';
import { PUBLIC_ACCESS } from '../../../../server/query/filter.ts';
import { EVENTS_LAYER } from '../../../support/layers.ts';

const selected: Selected = {
  layer: {
    ...EVENTS_LAYER,
    ...{ generation: 1, table: 'events_1', count: 1, bbox: null, interval: null, prepared: UNPREPARED },
  },
  filter: { access: PUBLIC_ACCESS },
  maxPrecisionM: undefined,
};
const studyOf = (rings: number, resolution: number): StudyCells => {
  const cells = gridDisk(latLngToCell(14, -4, resolution), rings).sort();
  const indexOf = new Map(cells.map((cell, place) => [cell, place]));
  return { cells, indexOf, resolution, title: { en: 'x', fr: 'x' }, areaKm2: 1, recommended: undefined };
};
const ANY_TIME = { first_month: 0, end_month: 0 };
const spreadOf = (rows: readonly ImpreciseRow[], study: StudyCells, measure?: string) =>
  spread({ run: async () => rows } as unknown as Question, [selected], study, 9_000, { measure });
const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

const rows = fc.array(
  fc.record({
    lon: fc.double({ min: -4.3, max: -3.7, noNaN: true }),
    lat: fc.double({ min: 13.7, max: 14.3, noNaN: true }),
    precision_m: fc.integer({ min: 9_001, max: 60_000 }),
    first_month: fc.constant(0),
    end_month: fc.constant(0),
    count: fc.integer({ min: 1, max: 5 }),
    sum: fc.integer({ min: 0, max: 50 }),
  }),
  { maxLength: 12 },
);

describe('spread', () => {
  it('is refused where the circles of all collections together meet too many hexagons', async () => {
    const row: ImpreciseRow = { lon: -4, lat: 14, precision_m: 400_000, ...ANY_TIME, count: 1, sum: 0 };
    // 200 wide circles are most of what may be looked at: of two collections it is too much, not of one.
    const many = { run: async () => Array.from({ length: 200 }, () => row) } as unknown as Question;
    const [one, both] = [[selected], [selected, selected]].map((collections) =>
      spread(many, collections, studyOf(2, 5), 9_000, {}).catch((error: unknown) => error),
    );
    expect(await one).to.include({ count: 200, left: 0 });
    expect(await both).to.be.instanceOf(InvalidParameter);
  });

  it('gives each event a weight of 1 in all, of which what is outside the study area is taken away (property)', async () => {
    const [wide, narrow] = [studyOf(16, 5), studyOf(2, 5)];
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const events = given.reduce((total, { count }) => total + count, 0);
        const all = await spreadOf(given, wide, 'killed');
        expect(all.inside).to.be.closeTo(events, 1e-9);
        expect(sum(all.events)).to.be.closeTo(events, 1e-9);
        expect(sum(all.values)).to.be.closeTo(
          given.reduce((total, row) => total + row.sum, 0),
          1e-9,
        );
        const some = await spreadOf(given, narrow);
        expect(some.count).to.equal(events);
        expect(some.inside).to.be.closeTo(sum(some.events), 1e-9);
        expect(some.inside).to.be.at.most(events + 1e-9);
        // A hexagon has the same share, whatever else is studied.
        for (const [place, cell] of narrow.cells.entries())
          expect(some.events[place]).to.be.closeTo(all.events[wide.indexOf.get(cell) as number] as number, 1e-9);
      }),
      { numRuns: 25 },
    );
  });

  it('shares equally', async () => {
    const study = studyOf(16, 5);
    const { events } = await spreadOf(
      [{ lon: -4, lat: 14, precision_m: 30_000, ...ANY_TIME, count: 2, sum: 0 }],
      study,
    );
    const shares = [...new Set(events)].filter((share) => share > 0);
    expect(shares).to.have.length(1);
    expect(shares[0]).to.be.closeTo(2 / events.filter((share) => share > 0).length, 1e-12);
  });

  it('puts each into its step, as spreading the events of each step by themselves does (property)', async () => {
    const study = studyOf(6, 5);
    const steps = ['2020-01', '2020-02', '2020-03', '2020-04'].map((month) => `${month}-01`);
    const time = {
      step: 'month',
      steps: [0, 1, 2].map((nth) => ({ from: steps[nth] as string, to: steps[nth + 1] as string, isWhole: true })),
    } as const;
    const january = 12 * 2020;
    const dated = fc.tuple(rows, fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 12, maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(dated, async ([given, months]) => {
        const timed = given.map((row, nth) => {
          const first_month = january + (months[nth] as number);
          // Of what is known to a longer time nobody knows the step.
          return { ...row, first_month, end_month: first_month + (nth % 5 === 4 ? 2 : 1) };
        });
        const question = { run: async () => timed } as unknown as Question;
        const all = await spread(question, [selected], study, 9_000, { time });
        let count = 0;
        for (const [step] of time.steps.entries()) {
          const own = timed.filter(
            (row) => row.first_month === january + step && row.end_month === row.first_month + 1,
          );
          const alone = await spreadOf(own, study);
          count += alone.count;
          const part = all.events.slice(step * study.cells.length, (step + 1) * study.cells.length);
          for (const [place, share] of part.entries()) expect(share).to.be.closeTo(alone.events[place] as number, 1e-9);
        }
        expect(all.count).to.equal(count);
      }),
      { numRuns: 25 },
    );
  });

  it('leaves what cannot be spread, and refuses what would take too long', async () => {
    const study = studyOf(1, 5);
    const at = { lon: -4, lat: 14, ...ANY_TIME, count: 3, sum: 1 };
    const left = await spreadOf(
      [
        { ...at, precision_m: null },
        { ...at, precision_m: 2_000_000 },
      ],
      study,
    );
    expect(left).to.include({ count: 6, inside: 0, left: 6 });
    const many = Array.from({ length: 400 }, () => ({ ...at, precision_m: 400_000 }));
    try {
      await spreadOf(many, study);
    } catch (error) {
      expect(error).to.be.instanceOf(InvalidParameter);
      expect((error as Error).message).to.include('Take a coarser resolution');
      return;
    }
    throw new Error('it was taken');
  });
});
