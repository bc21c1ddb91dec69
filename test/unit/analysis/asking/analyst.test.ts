import { mock } from 'node:test';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { z } from 'zod';
import { type Analyst, analystHere } from '../../../../server/analysis/asking/analyst.ts';
import { AnalysisTooLarge } from '../../../../server/analysis/estimate.ts';
import { inputsOf } from '../../../../server/analysis/inputs.ts';
import { defineProcess } from '../../../../server/analysis/process.ts';
import { count } from '../../../../server/analysis/quantity.ts';
import type { Question } from '../../../../server/analysis/question.ts';
import { Catalogue } from '../../../../server/core/catalogue.ts';
import { RequestAborted } from '../../../../server/core/errors.ts';
import { PUBLIC_ACCESS } from '../../../../server/query/filter.ts';
import type { Run } from '../../../../server/query/sql.ts';

/** Asks three things at once. */
const GREEDY = defineProcess({
  ...{ id: 'greedy', title: { en: 'G', fr: 'G' }, description: { en: 'G', fr: 'G' } },
  inputs: inputsOf({}),
  numbers: z.strictObject({ rows: count('rows') }),
  estimate: async () => ({ comparisons: 0, seconds: 0 }),
  run: async (question) => {
    const query = { text: 'SELECT', values: [] };
    const rows = await Promise.all([question.run(query), question.run(query), question.run(query)]);
    return { numbers: { rows: rows.flat().length }, parts: [], text: { en: 'G', fr: 'G' }, caveats: [] };
  },
});

function asking(run: Run, isAsynchronous: boolean) {
  const version = () => Promise.reject(new Error('no version is asked'));
  const order = { inputs: {}, access: PUBLIC_ACCESS, isAsynchronous, form: 'raw', keeps: false } as const;
  const caller = { signal: new AbortController().signal, progress: () => undefined };
  const rest = [order, caller, new Catalogue([])] as const;
  const { answer, weigh } = analystHere({ run, version, software: '0' });
  return {
    answer: (process: Parameters<Analyst['answer']>[0]) => answer(process, ...rest),
    weigh: (process: Parameters<Analyst['weigh']>[0]) => weigh(process, ...rest),
  };
}

/** How many queries of a question are under way at once, at most. */
async function mostAtOnce(isAsynchronous: boolean): Promise<number> {
  let now = 0;
  let most = 0;
  const run = (async () => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    return [{}];
  }) as Run;
  const { body } = await asking(run, isAsynchronous).answer(GREEDY);
  expect(JSON.parse(Buffer.from(body).toString()).numbers.rows).to.equal(3);
  return most;
}

describe('analystHere', () => {
  it('takes one place of the lane for a job, however much that asks at once', async () => {
    expect(await mostAtOnce(true)).to.equal(1);
  });

  it('ends a query of who waits that takes too long, and one that only finds out what it would take', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const begun: (() => void)[] = [];
      const run = ((_query, signal, onStart) => {
        onStart?.();
        begun.shift()?.();
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new RequestAborted('cancelled')));
        });
      }) as Run;
      const slow = { ...GREEDY, estimate: (question: Question) => question.run({ text: 'SELECT', values: [] }) };
      const endings = [
        [() => asking(run, false).answer(GREEDY), /respond-async/],
        [() => asking(run, true).weigh(slow as never), /30 s\. Narrow the question\.$/],
      ] as const;
      for (const [question, message] of endings) {
        const isBegun = new Promise<void>((resolve) => begun.push(resolve));
        const outcome = question().catch((error: Error) => error);
        await isBegun;
        mock.timers.tick(30_000);
        const error = (await outcome) as Error;
        expect(error).to.be.instanceOf(AnalysisTooLarge);
        expect(error.message).to.match(message);
      }
    } finally {
      mock.timers.reset();
    }
  });

  it('takes what is there for who waits', async () => {
    expect(await mostAtOnce(false)).to.equal(3);
  });
});
