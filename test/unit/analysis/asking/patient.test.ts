import { expect } from 'chai';
import { describe, it } from 'mocha';
import { patient } from '../../../../server/analysis/asking/patient.ts';
import { LaneSaturated, QueryTimeout, RequestAborted } from '../../../../server/core/errors.ts';
import { prefersAsync } from '../../../../server/http/processes/prefers-async.ts';
import type { Run } from '../../../../server/query/sql.ts';

const QUERY = { text: 'SELECT 1', values: [] };

/** Fails with each of these, one after the other, and then answers. */
function failing(errors: readonly Error[]) {
  const left = [...errors];
  let asked = 0;
  const run = (async (_query, signal) => {
    asked += 1;
    if (signal?.aborted) throw new RequestAborted('gone');
    const error = left.shift();
    if (error) throw error;
    return [{ one: 1 }];
  }) as Run;
  return { run, asked: () => asked };
}

describe('patient', () => {
  it('waits again where a lane is full, until there is room', async () => {
    const { run, asked } = failing([new LaneSaturated('full')]);
    expect(await patient(run, 1)(QUERY)).to.deep.equal([{ one: 1 }]);
    expect(asked()).to.equal(2);
  });

  it('passes on every other error at once', async () => {
    const { run, asked } = failing([new QueryTimeout('long')]);
    const outcome = await patient(run, 1)(QUERY).catch((error: Error) => error.name);
    expect([outcome, asked()]).to.deep.equal(['QueryTimeout', 1]);
  });

  it('ends when nobody wants it any more, also while it waits', async () => {
    const controller = new AbortController();
    const { run } = failing(Array.from({ length: 1000 }, () => new LaneSaturated('full')));
    const asked = patient(run, 3_600_000)(QUERY, controller.signal).catch((error: Error) => error.name);
    controller.abort();
    expect(await asked).to.equal('RequestAborted');
  });
});

describe('prefersAsync', () => {
  it('finds respond-async among the preferences', () => {
    for (const header of [
      'respond-async',
      'Respond-Async',
      'wait=10, respond-async',
      'respond-async; x=1, return=minimal',
    ]) {
      expect(prefersAsync(header), header).to.equal(true);
    }
    expect(prefersAsync(['return=minimal', 'respond-async'])).to.equal(true);
    for (const header of [undefined, '', 'wait=10', 'respond-asynchronously', 'x=respond-async', 'respond-async-not']) {
      expect(prefersAsync(header), String(header)).to.equal(false);
    }
  });
});
