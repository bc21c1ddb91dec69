import type { LayerFacts } from './facts.ts';

export interface Cited {
  /** Each work once, in the order in which it is first cited; the first is number 1. */
  readonly works: readonly string[];
  readonly layers: readonly { readonly id: string; readonly text: string; readonly title: string }[];
}

/** Works by numbers: several layers are taken from the same. `text` of a layer: "1, 3; licence: …; version 2". */
export function cited(layers: readonly LayerFacts[]): Cited {
  const works = [...new Set(layers.flatMap((layer) => layer.works))];
  return {
    works,
    layers: layers.map(({ id, title, works: own, terms }) => ({
      id,
      title,
      text: `${own.map((work) => works.indexOf(work) + 1).join(', ')}; ${terms}`,
    })),
  };
}
