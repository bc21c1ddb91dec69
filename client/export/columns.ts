/** What is to be set in columns, one below the other, unbroken. */
export interface Block {
  readonly height: number;
}

/** Which blocks stand in which of so many columns, in their order, so that the tallest column is as short as it may be. */
export function inColumns<Each extends Block>(blocks: readonly Each[], columns: number, gap: number): Each[][] {
  const fill = (most: number): Each[][] => {
    const filled: Each[][] = [[]];
    let height = 0;
    for (const block of blocks) {
      const column = filled.at(-1) as Each[];
      if (column.length > 0 && height + gap + block.height > most) {
        filled.push([block]);
        height = block.height;
      } else {
        column.push(block);
        height += (column.length > 1 ? gap : 0) + block.height;
      }
    }
    return filled;
  };
  // Every height at which another block fits is a sum of neighbours: the least that does is taken.
  const sums = blocks.flatMap((_, from) => {
    let height = -gap;
    return blocks.slice(from).map((block) => {
      height += gap + block.height;
      return height;
    });
  });
  const most = sums.toSorted((a, b) => a - b).find((height) => fill(height).length <= columns);
  return most === undefined ? [] : fill(most);
}
