import { expect } from 'chai';
import { describe, it } from 'mocha';
import { inOrder } from '../../../../server/jobs/export/in-order.ts';

async function* numbers(count: number) {
  for (let index = 0; index < count; index += 1) yield index;
}
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
};

describe('work in order', () => {
  it('gives results in the order of the items, whichever is ready first', async () => {
    const results: number[] = [];
    for await (const result of inOrder(numbers(20), 4, async (item) => {
      await turns(((20 - item) * 7) % 11);
      return item;
    })) {
      results.push(result);
    }
    expect(results).to.deep.equal(Array.from({ length: 20 }, (_, index) => index));
  });

  it('has no more under way than it may, and uses that', async () => {
    let [underWay, most] = [0, 0];
    const results = inOrder(numbers(30), 4, async (item) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await turns(10 + (item % 5) * 10);
      underWay -= 1;
    });
    for await (const _ of results) expect(underWay).to.be.at.most(4);
    expect(most).to.equal(4);
  });

  it('ends with the first failure, and leaves none that nobody handles', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const started: number[] = [];
    const run = async () => {
      for await (const _ of inOrder(numbers(100), 4, async (item) => {
        started.push(item);
        if (item >= 3) throw new Error(`item ${item}`);
      }));
    };
    const message = await run().then(
      () => 'none',
      (error: Error) => error.message,
    );
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(message).to.equal('item 3');
    expect(started.length).to.be.at.most(7);
    expect(unhandled).to.deep.equal([]);
  });
});
