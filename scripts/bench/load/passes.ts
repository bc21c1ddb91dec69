import { CONCURRENCY } from '../contender.ts';
import { type Load, toLoad } from '../figures.ts';

/**
 * Goes through the whole list as often as it takes to fill `seconds`, always whole, so that every contender does the
 * same work whatever its speed. `one` is told which of the concurrent runs it belongs to.
 */
export async function runPasses<Item>(
  list: readonly Item[],
  seconds: number,
  one: (item: Item, lane: number) => Promise<unknown>,
): Promise<Load> {
  const latencies: number[] = [];
  const start = performance.now();
  let next = 0;
  const goesOn = () => next % list.length !== 0 || next === 0 || performance.now() - start < seconds * 1000;
  async function lane(number: number): Promise<void> {
    while (goesOn()) {
      const item = list[next++ % list.length] as Item;
      const begun = performance.now();
      await one(item, number);
      latencies.push(performance.now() - begun);
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, (_, number) => lane(number)));
  return toLoad(latencies, (performance.now() - start) / 1000);
}
