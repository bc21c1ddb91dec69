import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { checkFilter } from '../../../server/core/cql2/check.ts';
import { parseFilter } from '../../../server/core/cql2/parse-text.ts';
import { RequestAborted } from '../../../server/core/errors.ts';
import { MatchedCounts } from '../../../server/http/items/count-matched.ts';
import { FULL_ACCESS, PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import type { Query, Run } from '../../../server/query/sql.ts';
import { EVENTS_LAYER } from '../../support/layers.ts';

const LAYER = { ...EVENTS_LAYER, generation: 3, table: 'events_3', count: 77 } as PublishedLayer;
const EXPRESSION = checkFilter(parseFilter('killed > 1'), LAYER);
const MATCHING = {
  ...{ layer: LAYER, served: LAYER, cursor: undefined, question: 'q' },
  filter: { access: PUBLIC_ACCESS, expression: EXPRESSION },
};
const MORE = { rows: [1, 2], next: 'a cursor' };
const never = new AbortController().signal;

/** A database whose counts take a while, and end when they are given up. */
function database(count: number, ms: number) {
  const asked: Query[] = [];
  const run = (query: Query, signal?: AbortSignal) => {
    asked.push(query);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve([{ count }]), ms);
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
  it('needs no query for all that is public, nor where the first page is the last', async () => {
    const { run, asked } = database(5, 0);
    const counts = new MatchedCounts(run);
    expect(await counts.count({ ...MATCHING, filter: { access: PUBLIC_ACCESS } }, MORE, never)).to.equal(77);
    expect(await counts.count(MATCHING, { rows: [1, 2], next: undefined }, never)).to.equal(2);
    expect(asked).to.deep.equal([]);
  });

  it('counts once for a question, an access and a version', async () => {
    const { run, asked } = database(5, 0);
    const counts = new MatchedCounts(run);
    for (let page = 0; page < 3; page++) expect(await counts.count(MATCHING, MORE, never)).to.equal(5);
    expect(asked).to.have.lengthOf(1);
    const filter = { access: FULL_ACCESS, expression: EXPRESSION };
    await counts.count({ ...MATCHING, filter }, MORE, never);
    await counts.count({ ...MATCHING, served: { ...LAYER, generation: 4, table: 'events_4' } }, MORE, never);
    await counts.count({ ...MATCHING, question: 'p' }, MORE, never);
    expect(asked).to.have.lengthOf(4);
  });

  it('gives no number where counting takes too long, and does not try again', async () => {
    const { run, asked } = database(5, 60_000);
    const counts = new MatchedCounts(run, 20);
    expect(await counts.count(MATCHING, MORE, never)).to.equal(undefined);
    expect(await counts.count(MATCHING, MORE, never)).to.equal(undefined);
    expect(asked).to.have.lengthOf(1);
  });

  it('ends with its client, and remembers nothing of that', async () => {
    const slow = database(5, 60_000);
    const counts = new MatchedCounts(slow.run, 60_000);
    const gone = await counts.count(MATCHING, MORE, AbortSignal.abort()).catch((error: unknown) => error);
    expect(gone).to.be.instanceOf(RequestAborted);
    void counts.count(MATCHING, MORE, AbortSignal.timeout(5)).catch(() => undefined);
    expect(slow.asked).to.have.lengthOf(2);
  });
});
