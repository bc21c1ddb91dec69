import { mock } from 'node:test';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { hasty } from '../../../../server/analysis/asking/hasty.ts';
import { AnalysisTooLarge } from '../../../../server/analysis/estimate.ts';
import { RequestAborted } from '../../../../server/core/errors.ts';
import type { Run } from '../../../../server/query/sql.ts';

const QUERY = { text: 'SELECT 1', values: [] };

/** A query that runs until it is cancelled, after it has waited for its place. */
function endless(begins = true) {
  const run = ((_query, signal, onStart) => {
    if (begins) onStart?.();
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(new RequestAborted('cancelled')));
    });
  }) as Run;
  return run;
}

describe('hasty', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('cancels a query that takes longer than who waits is given, and says what to do', async () => {
    const asked = hasty(endless(), 'Narrow it.')(QUERY).catch((error: Error) => error);
    mock.timers.tick(29_999);
    expect(await Promise.race([asked, Promise.resolve('runs')])).to.equal('runs');
    mock.timers.tick(1);
    const error = (await asked) as Error;
    expect(error).to.be.instanceOf(AnalysisTooLarge);
    expect(error.message).to.match(/longer than was estimated.* 30 s\. Narrow it\.$/);
  });

  it('does not count the time in the queue', async () => {
    const asked = hasty(endless(false), '')(QUERY).catch((error: Error) => error);
    mock.timers.tick(3_600_000);
    expect(await Promise.race([asked, Promise.resolve('waits')])).to.equal('waits');
  });

  it('leaves alone what ends in time, what fails, and what its caller gives up', async () => {
    const answered = hasty(
      (async (_query, _signal, onStart) => {
        onStart?.();
        return [{ one: 1 }];
      }) as Run,
      '',
    );
    expect(await answered(QUERY)).to.deep.equal([{ one: 1 }]);
    const failing = hasty(
      (async () => {
        throw new TypeError('a fault');
      }) as Run,
      '',
    );
    expect(await failing(QUERY).catch((error: Error) => error.name)).to.equal('TypeError');
    const controller = new AbortController();
    const given = hasty(endless(), '')(QUERY, controller.signal).catch((error: Error) => error.name);
    controller.abort();
    expect(await given).to.equal('RequestAborted');
  });
});
