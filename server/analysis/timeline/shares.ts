import type { GroundRow } from '../../query/analysis/timeline/in-area.ts';
import { toQuantity } from '../quantity.ts';

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

const DECIMALS = 6;
const inOrder = (a: string | null, b: string | null) =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;

/** The largest share takes what rounding leaves over: they are to add up. */
function addedUp(shares: readonly Share[]): Share[] {
  const rounded = shares.map(({ actors, share }) => ({ actors, share: toQuantity(share, DECIMALS) }));
  const [largest] = rounded;
  if (!largest) return [];
  const others = rounded.slice(1).reduce((sum, { share }) => sum + share, 0);
  return [{ ...largest, share: toQuantity(1 - others, DECIMALS) }, ...rounded.slice(1)].filter(
    ({ share }) => share > 0,
  );
}

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
  return addedUp(shares.map(({ actors, share }) => ({ actors, share })));
}
