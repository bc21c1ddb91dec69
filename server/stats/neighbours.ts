/**
 * For each of n places those in its neighbourhood, by their numbers: of place i they are
 * `members[offsets[i]] ... members[offsets[i + 1] - 1]`, each once. `offsets` has n + 1 entries.
 */
export interface Neighbours {
  readonly offsets: Int32Array;
  readonly members: Int32Array;
}
