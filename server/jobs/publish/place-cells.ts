import { toBaseCellHalves } from '../../core/hex.ts';
import { BigintArray } from '../../encode/bigint-array.ts';
import { createCells, insertCells, lastStaged, stagedPositions } from '../../query/publish/staged.ts';
import type { Run } from '../../query/sql.ts';
import type { Staging } from '../../query/staging/tables.ts';

/** So many positions are fetched at once: two MB, and some 70 ms of this process. */
const BATCH = 60_000;
/** Of a record: its number, and a point as PostGIS writes it: byte order, type, reference system, x, y. */
const [POINT_AT, X_AT, Y_AT, RECORD_BYTES] = [8, 17, 25, 33];
const LITTLE_ENDIAN = 1;

/**
 * Makes the table `cell`: PostgreSQL cannot tell the H3 cell of a position, so that the positions alone come here.
 * `lastFid`: the number after which the records are numbered on in the order of the file; null: they are numbered elsewhere.
 * `reading`: of another connection, which sees the records; without, one batch comes after the other.
 */
export async function placeCells(
  run: Run,
  staging: Staging,
  lastFid: number | null,
  onProgress: (done: number, total: number) => void,
  reading: Run = run,
): Promise<void> {
  await run(createCells(staging));
  const [row] = await run<{ last: number }>(lastStaged(staging));
  const last = row?.last ?? 0;
  const fetch = async (first: number) => {
    if (first > last) return null;
    const [batch] = await reading<{ positions: Buffer | null }>(stagedPositions(staging, first, BATCH));
    return batch?.positions ?? null;
  };
  const insert = async (cells: Cells | null) => {
    if (cells) await run(insertCells(staging, ...cells));
  };
  let fid = lastFid;
  const numbered = (found: Buffer): Cells => {
    const next = cellsOf(found, fid);
    if (fid !== null) fid += found.length / RECORD_BYTES;
    return next;
  };
  const isBeside = reading !== run;
  let inserted = Promise.resolve();
  let found = fetch(1);
  try {
    for (let first = 1; first <= last; first += BATCH) {
      const positions = await found;
      // While PostgreSQL takes the last cells and looks up the next positions, the cells of these are worked out.
      if (isBeside) found = fetch(first + BATCH);
      const cells = positions && numbered(positions);
      await inserted;
      inserted = insert(cells);
      if (!isBeside) found = inserted.then(() => fetch(first + BATCH));
      onProgress(Math.min(last, first + BATCH - 1), last);
    }
    await inserted;
  } finally {
    // Both connections are at rest when this is over, also when one has failed.
    await Promise.allSettled([inserted, found]);
  }
}

type Cells = readonly [idxs: Buffer, cells: Buffer, fids: Buffer | null];

function cellsOf(positions: Buffer, lastFid: number | null): Cells {
  const count = positions.length / RECORD_BYTES;
  const [idxs, cells, fids] = [new BigintArray(count), new BigintArray(count), new BigintArray(count)];
  for (let at = 0; at < positions.length; at += RECORD_BYTES) {
    const isLittle = positions[at + POINT_AT] === LITTLE_ENDIAN;
    const read = (from: number) => (isLittle ? positions.readDoubleLE(at + from) : positions.readDoubleBE(at + from));
    idxs.push(positions.readUInt32BE(at), positions.readUInt32BE(at + 4));
    cells.push(...toBaseCellHalves(read(X_AT), read(Y_AT)));
    const fid = (lastFid ?? 0) + at / RECORD_BYTES + 1;
    fids.push(Math.floor(fid / 2 ** 32), fid % 2 ** 32);
  }
  return [idxs.bytes, cells.bytes, lastFid === null ? null : fids.bytes];
}
