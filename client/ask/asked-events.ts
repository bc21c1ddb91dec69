/** Records that a question asked about. */
export interface AskedEvents {
  readonly layer: string;
  /** CQL2 text; null: all of the layer. */
  readonly filter: string | null;
}

/** The layers of an answer's receipt, which stand there by name or with a filter, alone or as a list. Pure. */
export function askedEvents(input: unknown): AskedEvents[] {
  return (Array.isArray(input) ? input : [input]).flatMap((each): AskedEvents[] => {
    if (typeof each === 'string') return [{ layer: each, filter: null }];
    if (typeof each !== 'object' || each === null || typeof each.collection !== 'string') return [];
    return [{ layer: each.collection, filter: typeof each.filter === 'string' ? each.filter : null }];
  });
}
