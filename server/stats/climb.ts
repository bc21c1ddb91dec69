/** Halvings of the step. */
const ROUNDS = 24;

/**
 * The top of a hill near where a climb begins, by compass search: a step to the best of four sides, and where none is
 * higher half the step. Hooke & Jeeves (1961), Journal of the ACM 8, 212-229.
 * @param heightAt of a position; what it says decides alone, so that the same climb ends at the same top
 * @param steps the first ones, along each axis
 */
export function climb(
  heightAt: (x: number, y: number) => number,
  from: readonly [x: number, y: number],
  steps: readonly [x: number, y: number],
): { readonly x: number; readonly y: number; readonly height: number } {
  let [x, y] = from;
  let [dx, dy] = steps;
  let height = heightAt(x, y);
  for (let round = 0; round < ROUNDS; ) {
    let best: readonly [number, number] | undefined;
    for (const [nextX, nextY] of [
      [x + dx, y],
      [x - dx, y],
      [x, y + dy],
      [x, y - dy],
    ] as const) {
      const next = heightAt(nextX, nextY);
      if (next > height) [best, height] = [[nextX, nextY], next];
    }
    if (best) [x, y] = best;
    else {
      [dx, dy] = [dx / 2, dy / 2];
      round += 1;
    }
  }
  return { x, y, height };
}
