import { type CorridorRow, corridorsQuery } from '../../query/analysis/crossings.ts';
import { controlStretches, type WalkedLine } from '../control-stretches.ts';
import type { Ground } from '../ground.ts';
import { toQuantity } from '../quantity.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';

/** A corridor at an instant, and who holds the ground along it. */
export interface Walked extends CorridorRow {
  readonly collection: string;
  readonly line: WalkedLine;
}

export interface Walk {
  readonly corridors: readonly Walked[];
  /** Corridors of which only the far ends are known, and that are left out for it. */
  readonly flows: number;
}

/** Walks along the corridors that hold at an instant, as control is then. */
export async function walk(
  question: Question,
  corridors: readonly Selected[],
  control: readonly Selected[],
  withFlows: boolean,
): Promise<Walk> {
  const walked: Walked[] = [];
  let flows = 0;
  for (const { layer, filter } of corridors) {
    const rows = await question.run<CorridorRow>(corridorsQuery(layer, filter));
    const kept = rows.filter(({ drawn }) => withFlows || drawn !== 'flow');
    flows += rows.length - kept.length;
    if (kept.length === 0) continue;
    const lines = await controlStretches(question, { layer, filter }, control);
    for (const row of kept) {
      const line = lines.get(row.item);
      if (line) walked.push({ ...row, collection: layer.id, line });
    }
  }
  return { corridors: walked, flows };
}

/** How much of a way is held in one manner. */
export interface Cell extends Ground {
  readonly areas: readonly string[];
  readonly km: number;
}

const keyOf = ({ state, actors }: Ground) => [state, ...actors].join('\n');

/** Of stretches that are held alike, the length together: to the metre, the largest first. */
export function toCells(lines: readonly WalkedLine[]): Cell[] {
  const cells = new Map<string, { ground: Ground; areas: Set<string>; km: number }>();
  for (const { state, actors, areas, from_km, to_km } of lines.flatMap(({ stretches }) => stretches)) {
    const key = keyOf({ state, actors });
    const cell = cells.get(key) ?? { ground: { state, actors }, areas: new Set(), km: 0 };
    cells.set(key, cell);
    cell.km += to_km - from_km;
    for (const area of areas) cell.areas.add(area);
  }
  const byKey = (a: Cell, b: Cell) => (keyOf(a) < keyOf(b) ? -1 : 1);
  return [...cells.values()]
    .map(({ ground, areas, km }) => ({ ...ground, areas: [...areas], km: toQuantity(km) }))
    .sort((a, b) => b.km - a.km || byKey(a, b));
}
