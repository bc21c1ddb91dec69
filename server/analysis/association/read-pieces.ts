import { type PieceRow, piecesQuery } from '../../query/analysis/association.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';

/** All pieces, and those of outlines by the shape that they are of. */
export interface Pieces {
  readonly all: readonly PieceRow[];
  /** How many of them are points. */
  readonly points: number;
  readonly outlines: readonly (readonly PieceRow[])[];
}

export async function readPieces({ run }: Question, collections: readonly Selected[], flows: boolean): Promise<Pieces> {
  const all: PieceRow[] = [];
  const outlines: PieceRow[][] = [];
  for (const { layer, filter } of collections) {
    const rows = await run<PieceRow>(piecesQuery({ layer, filter }, flows));
    for (const row of rows) all.push(row);
    if (layer.geometry !== 'polygon') continue;
    const shapes = new Map<number, PieceRow[]>();
    for (const row of rows) {
      const held = shapes.get(row[0]);
      if (held) held.push(row);
      else shapes.set(row[0], [row]);
    }
    outlines.push(...shapes.values());
  }
  const points = all.filter(([, lon, lat, toLon, toLat]) => lon === toLon && lat === toLat).length;
  return { all, points, outlines };
}
