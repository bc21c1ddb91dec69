import type { MvtLayer } from '../mvt/layer.ts';

/** The layer that says what a tile holds, saying that it stands for `matched` records. */
export function withMatched(content: MvtLayer, matched: number): MvtLayer {
  const features = content.features.map((feature) => ({ ...feature, attributes: { ...feature.attributes, matched } }));
  return { ...content, features };
}
