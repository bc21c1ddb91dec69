import { toBaseCell } from '../../core/hex.ts';
import { insertCells, lastStaged, stagedPositions } from '../../query/publish/staged.ts';
import type { Run } from '../../query/sql.ts';
import type { Staging } from '../../query/staging/tables.ts';

/** So many positions are fetched at once: some 5 MB. */
const BATCH = 200_000;
const POSITION_BYTES = 24;

/** Fills `publish_cell`: PostgreSQL cannot tell the H3 cell of a position, so that the positions alone come here. */
export async function placeCells(
  run: Run,
  staging: Staging,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const [row] = await run<{ last: number }>(lastStaged(staging));
  const last = row?.last ?? 0;
  for (let first = 1; first <= last; first += BATCH) {
    const [batch] = await run<{ positions: Buffer | null }>(stagedPositions(staging, first, BATCH));
    if (batch?.positions) await run(insertCells(...cellsOf(batch.positions)));
    onProgress(Math.min(last, first + BATCH - 1), last);
  }
}

function cellsOf(positions: Buffer): [idxs: string, cells: string] {
  const idxs: string[] = [];
  const cells: string[] = [];
  for (let at = 0; at < positions.length; at += POSITION_BYTES) {
    idxs.push(positions.readBigInt64BE(at).toString());
    cells.push(toBaseCell(positions.readDoubleBE(at + 8), positions.readDoubleBE(at + 16)));
  }
  return [idxs.join(','), cells.join(',')];
}
