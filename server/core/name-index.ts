import { distanceToBeginning, foldName, skeletonOf, trigramsOf } from './place-name.ts';

/** Something that is found by its names. */
export interface Named {
  /** As people read them. */
  readonly names: readonly string[];
  /** P-codes and the like: found by their beginning, never by likeness. */
  readonly codes: readonly string[];
  /** From 0 to 1: which of two that match alike comes first. */
  readonly importance: number;
}

/** How a name was found, the best first. */
export const MATCHES = ['exact', 'prefix', 'word', 'variant', 'fuzzy'] as const;
export type Match = (typeof MATCHES)[number];

export interface Found<Entry extends Named> {
  readonly entry: Entry;
  readonly match: Match;
  /** The name or code that was found, as people read it. */
  readonly by: string;
  /** Letters that are wrong, and a little for each that the name has more or fewer; 0 but where the match is fuzzy. */
  readonly distance: number;
}

interface Key {
  readonly entry: number;
  readonly text: string;
  /** Empty for the end of a name, which is found by its skeleton alone. */
  readonly folded: string;
  /** Empty for a code. */
  readonly skeleton: string;
}

/** Ends of names shorter than this are too many things. */
const SHORTEST_END = 4;

/** Keys that are looked at one by one for a typing error: those with the most runs of letters in common. */
const LIKELY = 400;

/** How many letters of what was typed may be wrong. */
const errorsAllowed = (length: number) => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** So many entries are indexed in some 20 ms. */
const AT_ONCE = 1_000;

/** Names in memory, found while they are typed. A search over 20,000 names takes about a millisecond. */
export class NameIndex<Entry extends Named> {
  readonly #entries: Entry[] = [];
  readonly #keys: Key[] = [];
  /** Of each run of three letters, the keys that have it. */
  readonly #postings = new Map<string, number[]>();

  constructor(entries: readonly Entry[]) {
    this.#append(entries);
  }

  /** The same, with a `pause` after every thousand entries: 50,000 take a second, in which nobody else would be answered. */
  static async inPieces<Entry extends Named>(
    entries: readonly Entry[],
    pause: () => Promise<unknown>,
  ): Promise<NameIndex<Entry>> {
    const index = new NameIndex<Entry>([]);
    for (let from = 0; from < entries.length; from += AT_ONCE) {
      if (from > 0) await pause();
      index.#append(entries.slice(from, from + AT_ONCE));
    }
    return index;
  }

  /** How many entries there are. */
  get size(): number {
    return this.#entries.length;
  }

  #append(entries: readonly Entry[]): void {
    for (const each of entries) {
      const entry = this.#entries.push(each) - 1;
      for (const text of new Set(each.names)) this.#add(entry, text, false);
      for (const text of new Set(each.codes)) this.#add(entry, text, true);
    }
  }

  #add(entry: number, text: string, isCode: boolean): void {
    const folded = foldName(text);
    if (folded === '') return;
    const skeleton = isCode ? '' : skeletonOf(folded);
    const runs = new Set([folded, ...folded.split(' ')].flatMap((part) => [...trigramsOf(part)]));
    this.#keep({ entry, text, folded, skeleton }, runs);
    if (isCode) return;
    // "Rharous" of "Gourma-Rharous".
    const words = folded.split(' ');
    for (const first of words.keys()) {
      const end = skeletonOf(words.slice(first).join(' '));
      if (first > 0 && end.length >= SHORTEST_END) this.#keep({ entry, text, folded: '', skeleton: end }, []);
    }
  }

  #keep(key: Key, plainRuns: Iterable<string>): void {
    const at = this.#keys.push(key) - 1;
    const runs = new Set(plainRuns);
    if (key.skeleton !== '') for (const run of trigramsOf(key.skeleton)) runs.add(`~${run}`);
    for (const run of runs) {
      const known = this.#postings.get(run);
      if (known) known.push(at);
      else this.#postings.set(run, [at]);
    }
  }

  /** How many of the runs each key has. */
  #count(runs: Iterable<string>): Map<number, number> {
    const counts = new Map<number, number>();
    for (const run of runs) {
      for (const key of this.#postings.get(run) ?? []) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  /** The best first: by how it matches, then by importance, then the shorter name. Each entry once. */
  find(typed: string, limit: number): Found<Entry>[] {
    const folded = foldName(typed);
    if (folded === '') return [];
    const best = new Map<number, { readonly key: Key; readonly match: Match; readonly distance: number }>();
    const offer = (key: Key, match: Match, distance = 0) => {
      const known = best.get(key.entry);
      if (known && rank(known) <= rank({ match, distance })) return;
      best.set(key.entry, { key, match, distance });
    };
    for (const at of this.#having(trigramsOf(folded))) {
      const key = this.#keys[at] as Key;
      if (key.folded === folded) offer(key, 'exact');
      else if (key.folded.startsWith(folded)) offer(key, 'prefix');
    }
    const words = folded.split(' ');
    const ofWords = new Set(words.flatMap((word) => [...trigramsOf(word)]));
    for (const at of this.#having(ofWords)) {
      const key = this.#keys[at] as Key;
      const isIn = (word: string) => key.folded.startsWith(word) || key.folded.includes(` ${word}`);
      if (words.every(isIn)) offer(key, 'word');
    }
    const skeleton = skeletonOf(folded);
    if (skeleton.length >= 3) this.#offerLike(skeleton, offer);
    return [...best]
      .map(([entry, { key, match, distance }]) => ({
        ...{ entry: this.#entries[entry] as Entry, match, by: key.text, distance },
      }))
      .toSorted(compareFound)
      .slice(0, limit);
  }

  /** Keys that have all of the runs. */
  #having(runs: ReadonlySet<string>): number[] {
    const lists = [...runs].map((run) => this.#postings.get(run) ?? []).toSorted((a, b) => a.length - b.length);
    const [shortest = [], ...others] = lists;
    return shortest.filter((key) => others.every((list) => includesSorted(list, key)));
  }

  #offerLike(skeleton: string, offer: (key: Key, match: Match, distance?: number) => void): void {
    const runs = [...trigramsOf(skeleton)].map((run) => `~${run}`);
    const allowed = errorsAllowed(skeleton.length);
    // An error breaks three runs at most, and two letters swapped four.
    const least = Math.max(1, runs.length - 4 * allowed);
    const likely = [...this.#count(runs)].filter(([, count]) => count >= least);
    if (likely.length > LIKELY) likely.sort(([, a], [, b]) => b - a);
    for (const [at] of likely.slice(0, LIKELY)) {
      const key = this.#keys[at] as Key;
      const distance = distanceToBeginning(skeleton, key.skeleton, allowed);
      if (distance > allowed) continue;
      const rest = Math.abs(key.skeleton.length - skeleton.length);
      if (distance > 0) offer(key, 'fuzzy', distance + Math.min(rest, 9) / 10);
      else offer(key, 'variant');
    }
  }
}

const rank = ({ match, distance }: { readonly match: Match; readonly distance: number }) =>
  MATCHES.indexOf(match) + distance / 10;

/** The better first: by how it matches, then by importance, then the shorter name. */
export function compareFound(a: Found<Named>, b: Found<Named>): number {
  return rank(a) - rank(b) || b.entry.importance - a.entry.importance || a.by.length - b.by.length;
}

function includesSorted(list: readonly number[], wanted: number): boolean {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return list[low] === wanted;
}
