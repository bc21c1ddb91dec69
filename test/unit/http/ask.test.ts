import { mock } from 'node:test';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { z } from 'zod';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import { inputsOf } from '../../../server/analysis/inputs.ts';
import { defineProcess } from '../../../server/analysis/process.ts';
import { count } from '../../../server/analysis/quantity.ts';
import type { Question } from '../../../server/analysis/question.ts';
import { RequestAborted } from '../../../server/core/errors.ts';
import { ask, askable } from '../../../server/http/processes/ask.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import type { Run } from '../../../server/query/sql.ts';

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
  const context = { analysis: { run }, run, version: '0', catalogue: () => ({ layers: [] }) };
  const caller = {
    ...{ access: PUBLIC_ACCESS, signal: new AbortController().signal, isAsynchronous, progress: () => undefined },
  };
  return { context: context as unknown as Parameters<typeof ask>[0], caller };
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
  const { context, caller } = asking(run, isAsynchronous);
  const { result } = await ask(context, GREEDY, {}, caller);
  expect(result.numbers.rows).to.equal(3);
  return most;
}

describe('ask', () => {
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
      const { context, caller } = asking(run, false);
      const slow = { ...GREEDY, estimate: (question: Question) => question.run({ text: 'SELECT', values: [] }) };
      const endings = [
        [() => ask(context, GREEDY, {}, caller), /respond-async/],
        [
          () => askable(context, slow as never, {}, { ...caller, isAsynchronous: true }),
          /30 s\. Narrow the question\.$/,
        ],
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
