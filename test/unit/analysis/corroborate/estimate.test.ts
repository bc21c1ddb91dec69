import { expect } from 'chai';
import { describe, it } from 'mocha';
import { corroborate } from '../../../../server/analysis/corroborate.ts';
import { AnalysisTooLarge } from '../../../../server/analysis/estimate.ts';
import type { Question } from '../../../../server/analysis/question.ts';
import type { PublishedLayer } from '../../../../server/core/catalogue.ts';
import { UNPREPARED } from '../../../../server/core/prepared.ts';
import { PUBLIC_ACCESS } from '../../../../server/query/filter.ts';
import { testLayer } from '../../../support/analysis.ts';

const EVENTS: PublishedLayer = {
  ...testLayer('events', 'point', [['killed', 'integer']], { role: 'events', time: 'instant' }),
  ...{ generation: 1, table: 'events_1', count: 1, bbox: null, interval: null, prepared: UNPREPARED },
};

/** A question whose database answers a count, the spans of days, and the pairs, and nothing that comes after. */
function answered(count: number, slots: number) {
  const asked: string[] = [];
  const question = {
    layers: [EVENTS],
    layer: async () => EVENTS,
    access: PUBLIC_ACCESS,
    takes: () => undefined,
    signal: new AbortController().signal,
    progress: () => undefined,
    run: async ({ text }) => {
      asked.push(text);
      return [text.includes('AS comparisons') ? { comparisons: 7 } : text.includes('AS slots') ? { slots } : { count }];
    },
  } as Question;
  return { asked, estimate: () => corroborate.estimate(question, corroborate.inputs.parse({})) };
}

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('what it would take to compare reports', () => {
  it('counts them before anything is listed', async () => {
    const { asked, estimate } = answered(50_001, 1);
    const error = await refusal(estimate());
    expect(error).to.be.instanceOf(AnalysisTooLarge);
    expect(String(error)).to.include('There are 50,001 reports; at most 50,000');
    expect(asked).to.have.length(1);
    expect(asked[0]).to.match(/^SELECT count\(\*\) AS count FROM/);
  });

  it('adds up their days before days are listed: few reports may span many', async () => {
    const { asked, estimate } = answered(10_000, 9_200_000);
    const error = await refusal(estimate());
    expect(error).to.be.instanceOf(AnalysisTooLarge);
    expect(String(error)).to.include('touch 9,200,000 spans of 4 days; at most 2,000,000');
    expect(asked.filter((text) => text.includes('generate_series'))).to.deep.equal([]);
  });

  it('knows the pairs of all others', async () => {
    const { asked, estimate } = answered(50_000, 2_000_000);
    expect(await estimate()).to.deep.equal({ comparisons: 7, seconds: 0.05 + 1 + 2 + 7e-6 });
    expect(asked.at(-1)).to.include('generate_series');
  });
});
