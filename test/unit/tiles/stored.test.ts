import { expect } from 'chai';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import type { Query, Run } from '../../../server/query/sql.ts';
import { storedTileReader } from '../../../server/tiles/stored.ts';

const part = (table: string) => ({ layer: { table } as PublishedLayer, family: 'items' as const });
const at = (x: number) => ({ z: 5, x, y: 0 });

interface Asked {
  readonly query: Query;
  readonly signal: AbortSignal | undefined;
  answer(rows: unknown[]): void;
  fail(error: Error): void;
}

/** A database that answers when it is told to. */
function recorder(): { run: Run; asked: Asked[] } {
  const asked: Asked[] = [];
  const run = ((query: Query, signal?: AbortSignal) =>
    new Promise((resolve, reject) => {
      asked.push({ query, signal, answer: resolve as (rows: unknown[]) => void, fail: reject });
    })) as Run;
  return { run, asked };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('reading stored tiles', () => {
  it('asks for those together that come while others are under way', async () => {
    const { run, asked } = recorder();
    const read = storedTileReader(run);
    const tiles = [1, 2, 3, 4, 5].map((x) => read([part('a'), part('b')], at(x)));
    expect(asked, 'two at once').to.have.lengthOf(2);
    asked[0]?.answer([]);
    await settled();
    expect(asked).to.have.lengthOf(3);
    expect(asked[2]?.query.values[1], 'the columns of all three').to.deep.equal([3, 4, 5]);
    asked[2]?.answer([
      { place: 2, layer: 1, mvt: Buffer.from('5b') },
      { place: 0, layer: 1, mvt: Buffer.from('3b') },
      { place: 0, layer: 0, mvt: Buffer.from('3a') },
    ]);
    asked[1]?.answer([{ place: 0, layer: 0, mvt: Buffer.from('2a') }]);
    const texts = (await Promise.all(tiles)).map((parts) => parts.map(String));
    expect(texts).to.deep.equal([[], ['2a'], ['3a', '3b'], [], ['5b']]);
  });

  it('does not mix the layers of one with those of another', () => {
    const { run, asked } = recorder();
    const read = storedTileReader(run);
    for (const table of ['a', 'b', 'c']) void read([part(table)], at(1));
    expect(asked.map(({ query }) => query.name)).to.have.lengthOf(3);
    expect(new Set(asked.map(({ query }) => query.name)).size).to.equal(3);
  });

  it('lets one go without the others, and the query when all have gone', async () => {
    const { run, asked } = recorder();
    const read = storedTileReader(run);
    const gone = [new AbortController(), new AbortController()];
    const blockers = [read([part('a')], at(0)), read([part('a')], at(0))];
    const waiting = gone.map(({ signal }, index) =>
      read([part('a')], at(index + 1), signal).catch((error: Error) => error.name),
    );
    asked[0]?.answer([]);
    await settled();
    gone[0]?.abort();
    expect(await waiting[0]).to.equal('RequestAborted');
    expect(asked[2]?.signal?.aborted).to.equal(false);
    gone[1]?.abort();
    expect(await waiting[1]).to.equal('RequestAborted');
    expect(asked[2]?.signal?.aborted).to.equal(true);
    asked[1]?.answer([]);
    await Promise.all(blockers);
  });

  it('does not ask for one that has gone before its turn', async () => {
    const { run, asked } = recorder();
    const read = storedTileReader(run);
    const blockers = [read([part('a')], at(0)), read([part('a')], at(0))];
    const gone = new AbortController();
    const waiting = read([part('a')], at(9), gone.signal).catch((error: Error) => error.name);
    gone.abort();
    for (const one of asked.slice()) one.answer([]);
    await Promise.all(blockers);
    expect(await waiting).to.equal('RequestAborted');
    await settled();
    expect(asked).to.have.lengthOf(2);
  });

  it('tells all who waited that the query failed, and goes on', async () => {
    const { run, asked } = recorder();
    const read = storedTileReader(run);
    const failed = read([part('a')], at(1)).catch((error: Error) => error.message);
    asked[0]?.fail(new Error('lost'));
    expect(await failed).to.equal('lost');
    const next = read([part('a')], at(2));
    asked[1]?.answer([{ place: 0, layer: 0, mvt: Buffer.from('x') }]);
    expect((await next).map(String)).to.deep.equal(['x']);
  });
});
