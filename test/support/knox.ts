import { type Knox, type KnoxUndefined, knox, type NearPairs } from '../../server/stats/knox.ts';
import { seededRandom } from '../../server/stats/random.ts';

/** All permutations at once. */
export function wholeKnox(
  days: readonly number[],
  near: NearPairs,
  edges: readonly number[],
  permutations = 99,
  seed = 1,
): Knox | KnoxUndefined {
  const rounds = knox(Int32Array.from(days), near, edges, permutations, seededRandom(seed));
  for (;;) {
    const round = rounds.next();
    if (round.done) return round.value;
  }
}

/** Pairs by the distances of a plain table: `bandOf` says which band, below 0 none. */
export function pairsAmong(count: number, bands: number, bandOf: (a: number, b: number) => number): NearPairs {
  const [members, found] = [[] as number[], [] as number[]];
  const offsets = new Int32Array(count + 1);
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) {
      const band = bandOf(a, b);
      if (band < 0) continue;
      members.push(b);
      found.push(band);
    }
    offsets[a + 1] = members.length;
  }
  return { offsets, members: Int32Array.from(members), bands: Uint8Array.from(found), count: bands };
}

/** What was found, where something was. */
export const defined = (found: ReturnType<typeof wholeKnox>): Knox => {
  if ('notDefined' in found) throw new Error(found.notDefined);
  return found;
};

/** Events along a line, in metres, and bands of distance between them. */
export const onLine = (metres: readonly number[], edges: readonly number[]) =>
  pairsAmong(metres.length, edges.length - 1, (a, b) => {
    const apart = Math.abs((metres[a] as number) - (metres[b] as number));
    const next = edges.findIndex((edge) => apart < edge);
    return next <= 0 ? -1 : next - 1;
  });

/** p of one band in simulations of events that have nothing to do with one another; ties are broken at random. */
export function nullPs(simulations: number, permutations: number, events: number): number[] {
  const random = seededRandom(11);
  return Array.from({ length: simulations }, (_, simulation) => {
    const places = Array.from({ length: events }, () => 1_000 * random());
    const days = Array.from({ length: events }, () => Math.floor(300 * random()));
    const near = onLine(places, [0, 60]);
    const { p } = defined(wholeKnox(days, near, [0, 30], permutations, simulation));
    return p[0] as number;
  });
}

/**
 * The greatest steps of p above and below the diagonal, as Kolmogorov and Smirnov have them. Counts tie, and what ties counts as
 * much: p is never too small, and as much too large as counts tie.
 */
export function stepsFromUniform(ps: readonly number[]): { readonly tooSmall: number; readonly tooLarge: number } {
  const sorted = ps.toSorted((a, b) => a - b);
  return {
    tooSmall: sorted.reduce((most, p, index) => Math.max(most, (index + 1) / sorted.length - p), 0),
    tooLarge: sorted.reduce((most, p, index) => Math.max(most, p - index / sorted.length), 0),
  };
}
