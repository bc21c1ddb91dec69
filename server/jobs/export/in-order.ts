/**
 * Does the work on each item, up to `width` at a time, and gives the results in the order of the items. Never holds more
 * than `width` results. The first failure ends it; work under way then is not waited for.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  for await (const item of items) {
    const result = work(item);
    // It is awaited later: until then a failure must not count as one that nobody handles.
    result.catch(() => undefined);
    underWay.push(result);
    if (underWay.length >= width) yield await (underWay.shift() as Promise<Result>);
  }
  for (const result of underWay) yield await result;
}
