import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Question } from '../../../server/analysis/question.ts';
import { collect } from '../../../server/analysis/reporting/collect.ts';
import { silencesOf } from '../../../server/analysis/reporting/silence.ts';
import type { StudyUnit } from '../../../server/analysis/study-units.ts';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import { type ReportsRow, reportsQuery } from '../../../server/query/analysis/coverage.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const POINTS: PublishedLayer = {
  ...EVENTS_LAYER,
  ...{ generation: 7, table: 'events_7', count: 1, bbox: null, interval: null, prepared: UNPREPARED },
};

describe('silence in a series', () => {
  it('is every stretch without a report, the first of the longest, and what is left at the end', () => {
    expect(silencesOf([0, 0, 3, 0, 1, 0, 0])).to.deep.equal({
      runs: [
        { from: 0, length: 2 },
        { from: 3, length: 1 },
        { from: 5, length: 2 },
      ],
      longest: { from: 0, length: 2 },
      recent: 2,
      reported: 2,
    });
    expect(silencesOf([1, 2])).to.deep.equal({ runs: [], longest: undefined, recent: 0, reported: 2 });
    expect(silencesOf([0, 0])).to.deep.include({ longest: { from: 0, length: 2 }, recent: 2, reported: 0 });
    expect(silencesOf([])).to.deep.equal({ runs: [], longest: undefined, recent: 0, reported: 0 });
  });

  it('and the steps with a report make the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1)), (counts) => {
        const { runs, reported, recent, longest } = silencesOf(counts);
        expect(runs.reduce((sum, { length }) => sum + length, 0) + reported).to.equal(counts.length);
        for (const { from, length } of runs) {
          expect(counts.slice(from, from + length).every((count) => count === 0)).to.equal(true);
          // It goes as far as it can.
          expect([counts[from - 1], counts[from + length]]).to.not.include(0);
        }
        expect(recent).to.equal(counts.length - 1 - counts.lastIndexOf(1));
        expect(longest?.length ?? 0).to.equal(
          Math.max(
            0,
            ...counts
              .join('')
              .split('1')
              .map((run) => run.length),
          ),
        );
      }),
    );
  });
});

describe('what sources report', () => {
  const row = (source: string): ReportsRow => ({
    ...{ unit: 1, confidence: null, source, first_month: 24_000, end_month: 24_001, records: 1, imprecise: 0 },
    ...{ first_day: '2000-01-05', last_day: '2000-01-05' },
  });
  const units: StudyUnit[] = [{ key: 1, id: 'A', title: undefined, areaKm2: 1, shape: () => ({}) }];
  const collectRows = (rows: readonly ReportsRow[]) => {
    const question = { run: async () => rows, progress: () => undefined } as unknown as Question;
    const selected = [{ layer: POINTS, filter: { access: PUBLIC_ACCESS }, maxPrecisionM: undefined }];
    return collect(question, selected, { units, by: { resolution: 3, radiusM: 1 } }, 600, () => 7);
  };

  it('is kept of each by its days and units, and not by step: there may be as many as records', async () => {
    const { bySource, sourcesOfStep } = await collectRows([row('a; b'), row('b'), row('c')]);
    expect([...bySource].map(([name, { events }]) => [name, events])).to.deep.equal([
      ['a', 1],
      ['b', 2],
      ['c', 1],
    ]);
    expect(sourcesOfStep[7]?.size).to.equal(3);
    const lengths = [...bySource.values()].flatMap((told) => Object.values(told).filter(Array.isArray));
    expect(lengths).to.deep.equal([]);
  });

  it('is refused where more occurs together than can be held', async () => {
    const rows = Array.from({ length: 400_001 }, () => row('a'));
    const error = await collectRows(rows).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InvalidParameter);
    expect((error as Error).message).to.include('narrow the place');
    const { text, values } = reportsQuery(POINTS, { access: PUBLIC_ACCESS }, { resolution: 3, radiusM: 1 }, 123_456);
    expect(values[Number(/LIMIT \$(\d+)/.exec(text)?.[1]) - 1]).to.equal(123_456);
  });
});
