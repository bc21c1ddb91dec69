import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { checkFilter } from '../../../server/core/cql2/check.ts';
import { parseFilter } from '../../../server/core/cql2/parse-text.ts';
import { LaneSaturated, RequestAborted } from '../../../server/core/errors.ts';
import { MatchedCounts } from '../../../server/http/items/count-matched.ts';
import { FULL_ACCESS, PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import type { Query, Run } from '../../../server/query/sql.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const LAYER = { ...EVENTS_LAYER, generation: 3, table: 'events_3', count: 77 } as PublishedLayer;
const EXPRESSION = checkFilter(parseFilter('killed > 1'), LAYER);
const MATCHING = {
  ...{ layer: LAYER, served: LAYER, question: 'q' },
  filter: { access: PUBLIC_ACCESS, expression: EXPRESSION },
};
const never = new AbortController().signal;

/** A database whose counts wait for their turn, take a while, and end when they are given up. */
function database(count: number, ms: number, waitMs = 0) {
  const asked: Query[] = [];
  const run = (query: Query, signal?: AbortSignal, onStart?: () => void) => {
    asked.push(query);
    return new Promise((resolve, reject) => {
      let timer = setTimeout(() => {
        onStart?.();
        timer = setTimeout(() => resolve([{ count }]), ms);
      }, waitMs);
      const abort = () => {
        clearTimeout(timer);
        reject(new RequestAborted('given up'));
      };
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort);
    });
  };
  return { run: run as Run, asked };
}

describe('MatchedCounts', () => {
  it('needs no query for all that is public', async () => {
    const { run, asked } = database(5, 0);
    const counts = new MatchedCounts(run);
    expect(await counts.count({ ...MATCHING, filter: { access: PUBLIC_ACCESS } }, never)).to.equal(77);
    expect(asked).to.deep.equal([]);
  });

  it('counts once for a question, an access and a version', async () => {
    const { run, asked } = database(5, 0);
    const counts = new MatchedCounts(run);
    for (let page = 0; page < 3; page++) expect(await counts.count(MATCHING, never)).to.equal(5);
    expect(asked).to.have.lengthOf(1);
    const filter = { access: FULL_ACCESS, expression: EXPRESSION };
    await counts.count({ ...MATCHING, filter }, never);
    await counts.count({ ...MATCHING, served: { ...LAYER, generation: 4, table: 'events_4' } }, never);
    await counts.count({ ...MATCHING, question: 'p' }, never);
    expect(asked).to.have.lengthOf(4);
  });

  it('gives no number where counting takes too long, and does not try again', async () => {
    const { run, asked } = database(5, 60_000);
    const counts = new MatchedCounts(run, 20);
    expect(await counts.count(MATCHING, never)).to.equal(undefined);
    expect(await counts.count(MATCHING, never)).to.equal(undefined);
    expect(asked).to.have.lengthOf(1);
  });

  it('gives no number where its turn does not come, and asks again for the next page', async () => {
    const busy = database(5, 0, 60_000);
    const counts = new MatchedCounts((...asked) => (busy.asked.length < 2 ? busy : free).run(...asked), 20);
    const free = database(5, 0);
    expect(await counts.count(MATCHING, never)).to.equal(undefined);
    expect(await counts.count(MATCHING, never)).to.equal(undefined);
    expect(await counts.count(MATCHING, never)).to.equal(5);
  });

  it('takes the time of the query for its own, not what it waited before', async () => {
    const counts = new MatchedCounts(database(5, 150, 150).run, 200);
    expect(await counts.count(MATCHING, never)).to.equal(5);
  });

  it('lets a page go out without a number when too many wait', async () => {
    const full = () => Promise.reject(new LaneSaturated('later'));
    expect(await new MatchedCounts(full).count(MATCHING, never)).to.equal(undefined);
    const broken = new MatchedCounts(() => Promise.reject(new Error('broken')));
    expect(await broken.count(MATCHING, never).catch((error: Error) => error.message)).to.equal('broken');
  });

  it('ends with its client, and remembers nothing of that', async () => {
    const slow = database(5, 60_000);
    const counts = new MatchedCounts(slow.run, 60_000);
    const gone = await counts.count(MATCHING, AbortSignal.abort()).catch((error: unknown) => error);
    expect(gone).to.be.instanceOf(RequestAborted);
    void counts.count(MATCHING, AbortSignal.timeout(5)).catch(() => undefined);
    expect(slow.asked).to.have.lengthOf(2);
  });
});
