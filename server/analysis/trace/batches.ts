/** Batches keep a query and its answer small, however many records are traced. */
const BATCH = 1_000;
export async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (batch: readonly Item[], start: number) => Promise<Result[]>,
) {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    for (const result of await work(items.slice(start, start + BATCH), start)) results.push(result);
  }
  return results;
}
