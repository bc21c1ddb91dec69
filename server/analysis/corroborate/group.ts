import { byCodeUnit } from '../../core/by-code-unit.ts';
/** Two of those to be grouped, by their places in the list. */
export type Two = readonly [number, number];

/** What is grouped, and by what. */
export interface Grouping {
  /** Of each: names it in an order that does not depend on the order of the list. */
  readonly keys: readonly string[];
  /** Of each: with whom it has one in common it is not grouped unless `together` has it so. */
  readonly voices: readonly (readonly string[])[];
  readonly links: readonly { readonly pair: Two; readonly score: number }[];
  /** Decided: these are one. */
  readonly together: readonly Two[];
  /** Decided: these are not. */
  readonly apart: readonly Two[];
}

/** Decisions that contradict one another, by the pair that is to be apart and is together. */
export class Contradiction extends Error {
  readonly pair: Two;
  constructor(pair: Two) {
    super('decisions contradict one another');
    this.pair = pair;
  }
}

/**
 * Sets that are joined, each with what it must not meet (Tarjan 1975: paths halved; the lighter set joins the heavier, so that
 * nothing is moved more often than its weight doubles).
 */
class Sets {
  readonly #parents: number[];
  /** At least as much as the set has voices and enemies. */
  readonly #weights: number[];
  readonly #voices: Set<string>[];
  /** Of each set others, by their roots. */
  readonly #enemies: Set<number>[];

  constructor(voices: readonly (readonly string[])[]) {
    this.#parents = voices.map((_, index) => index);
    this.#weights = voices.map(({ length }) => 1 + length);
    this.#voices = voices.map((each) => new Set(each));
    this.#enemies = voices.map(() => new Set());
  }

  find(one: number): number {
    let at = one;
    for (;;) {
      const parent = this.#parents[at] as number;
      if (parent === at) return at;
      this.#parents[at] = this.#parents[parent] as number;
      at = this.#parents[at] as number;
    }
  }

  join([a, b]: Two): void {
    const [one, other] = [this.find(a), this.find(b)];
    if (one === other) return;
    const isHeavier = (this.#weights[one] as number) >= (this.#weights[other] as number);
    const [large, small] = isHeavier ? [one, other] : [other, one];
    this.#parents[small] = large;
    this.#weights[large] = (this.#weights[large] as number) + (this.#weights[small] as number);
    for (const voice of this.#voices[small] as Set<string>) this.#voices[large]?.add(voice);
    for (const enemy of this.#enemies[small] as Set<number>) {
      this.#enemies[enemy]?.delete(small);
      this.#enemies[enemy]?.add(large);
      this.#enemies[large]?.add(enemy);
    }
  }

  separate([a, b]: Two): void {
    const [one, other] = [this.find(a), this.find(b)];
    this.#weights[one] = (this.#weights[one] as number) + 1;
    this.#weights[other] = (this.#weights[other] as number) + 1;
    this.#enemies[one]?.add(other);
    this.#enemies[other]?.add(one);
  }

  mayJoin(pair: Two): boolean {
    const [one, other] = [this.find(pair[0]), this.find(pair[1])];
    if (this.#enemies[one]?.has(other)) return false;
    const [voices, others] = [this.#voices[one] as Set<string>, this.#voices[other] as Set<string>];
    const [few, many] = voices.size <= others.size ? [voices, others] : [others, voices];
    for (const voice of few) {
      if (!many.has(voice)) continue;
      // Voices only become more: between these two the next link need not look again.
      if (one !== other) this.separate(pair);
      return false;
    }
    return true;
  }
}

/** A link with its keys in order. */
function ordered({ keys, links }: Grouping) {
  const named = links.map((link) => {
    const [first, second] = link.pair.map((index) => keys[index] as string).sort(byCodeUnit) as [string, string];
    return { link, first, second };
  });
  return named.sort(
    (a, b) => b.link.score - a.link.score || byCodeUnit(a.first, b.first) || byCodeUnit(a.second, b.second),
  );
}

/**
 * Groups by decisions first, then by links from the best score down; a link that would bring together what must not be is
 * passed over. Groups do not depend on the order of what is given.
 * @returns the places in the list, each group in the order of its keys, groups in the order of their first keys
 * @throws Contradiction
 */
export function group(grouping: Grouping): number[][] {
  const { keys, voices, together, apart } = grouping;
  const sets = new Sets(voices);
  for (const pair of together) sets.join(pair);
  for (const pair of apart) {
    if (sets.find(pair[0]) === sets.find(pair[1])) throw new Contradiction(pair);
    sets.separate(pair);
  }
  for (const { link } of ordered(grouping)) {
    if (sets.mayJoin(link.pair)) sets.join(link.pair);
  }
  const groups = new Map<number, number[]>();
  const byKey = keys.map((_, index) => index).sort((a, b) => byCodeUnit(keys[a] as string, keys[b] as string));
  for (const index of byKey) {
    const root = sets.find(index);
    const members = groups.get(root);
    if (members) members.push(index);
    else groups.set(root, [index]);
  }
  return [...groups.values()];
}
