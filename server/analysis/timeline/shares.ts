import type { GroundRow } from '../../query/analysis/timeline/in-area.ts';
import { addedUp } from '../shares.ts';

/** Part of an area, by who is recorded there together. */
export interface Share {
  /** In the order of text; empty: nobody is recorded. Null: an actor that is not named. */
  readonly actors: readonly (string | null)[];
  /** 0 to 1; those of one moment add up to 1. */
  readonly share: number;
}

interface Claimed {
  readonly key: string;
  readonly actor: string | null;
}

const inOrder = (a: string | null, b: string | null) =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;

/** Of one moment: how the area is shared by those who claim it then; the largest part first. */
export function sharesOf(ground: readonly GroundRow[], claims: readonly Claimed[]): Share[] {
  const actorOf = new Map(claims.map(({ key, actor }) => [key, actor]));
  const total = ground.reduce((sum, { area_m2 }) => sum + area_m2, 0);
  const together = new Map<string, { actors: (string | null)[]; area: number }>();
  for (const { keys, area_m2 } of ground) {
    const present = keys.filter((key) => actorOf.has(key)).map((key) => actorOf.get(key) as string | null);
    const actors = [...new Set(present)].sort(inOrder);
    const name = JSON.stringify(actors);
    const known = together.get(name) ?? { actors, area: 0 };
    known.area += area_m2;
    together.set(name, known);
  }
  const shares = [...together].map(([name, { actors, area }]) => ({ name, actors, share: area / total }));
  shares.sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
  return addedUp(shares.map(({ actors, share }) => ({ actors, share }))).filter(({ share }) => share > 0);
}
