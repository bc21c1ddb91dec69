import type { PublishedLayer } from '../core/catalogue.ts';

/**
 * Remembers what was found out about versions, which are never changed; forgotten with the version. Only what has come is
 * remembered: a query that one caller gives up says nothing to others.
 * @param most answers about one version
 */
export function keptAnswers<Answer>(most: number) {
  const kept = new WeakMap<PublishedLayer, Map<string, Answer>>();
  return async (layer: PublishedLayer, key: string, ask: () => Promise<Answer>): Promise<Answer> => {
    // What is withheld from an earlier version depends on what is in service.
    if (layer.generationInService !== undefined) return ask();
    const known = kept.get(layer) ?? new Map<string, Answer>();
    kept.set(layer, known);
    if (known.has(key)) return known.get(key) as Answer;
    const answer = await ask();
    if (known.size >= most) known.delete(known.keys().next().value as string);
    known.set(key, answer);
    return answer;
  };
}
