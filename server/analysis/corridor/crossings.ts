import type { Localized } from '../../core/layer.ts';
import { type CrossingRow, crossingsQuery } from '../../query/analysis/corridor/crossings.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { type CorridorLine, chainageOf } from './line.ts';

/** Where the line crosses a border or a river. */
export interface Crossing {
  readonly kind: 'border' | 'river';
  readonly collection: string;
  readonly item: number;
  readonly name: Localized | undefined;
  readonly chainageM: number;
  /** Degrees. */
  readonly lon: number;
  readonly lat: number;
}

/** Metres along the line: the same crossing, found on two pieces that meet there. */
const SAME_M = 1;

/** Crossings with borders and rivers, along the line; where it runs along one, the place where that begins. */
export async function findCrossings(
  { run }: Question,
  line: CorridorLine,
  borders: readonly Selected[],
  rivers: readonly Selected[],
): Promise<Crossing[]> {
  const crossed = [...borders, ...rivers];
  if (crossed.length === 0) return [];
  const kinds = new Map(
    crossed.map(({ layer }, index) => [layer.id, index < borders.length ? 'border' : 'river'] as const),
  );
  const rows = await run<CrossingRow>(crossingsQuery(line.geometry, crossed));
  const found: Crossing[] = [];
  for (const { collection, item, name, name_fr, place, lon, lat } of rows) {
    const chainageM = chainageOf(line, place);
    const last = found.at(-1);
    const isSame = last?.collection === collection && last.item === item && chainageM - last.chainageM < SAME_M;
    if (isSame) continue;
    const title = name === null ? undefined : { en: name, fr: name_fr ?? name };
    found.push({ kind: kinds.get(collection) ?? 'border', collection, item, name: title, chainageM, lon, lat });
  }
  // A stable sort: what lies in one place stays in the order of the list.
  return found.sort((a, b) => a.chainageM - b.chainageM);
}
