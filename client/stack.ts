import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import { layerOf } from './map-style.ts';

/** What lies on what. A layer of the catalogue is several layers of the style: tint, hatching, names. */

const partOf = ({ metadata }: LayerSpecification) =>
  (metadata as Record<string, unknown> | undefined)?.['azalai:part'] as string | undefined;

/** Names lie over everything whatever is moved, so that the map can be read. */
const isBody = (layer: LayerSpecification) => layerOf(layer) !== undefined && partOf(layer) !== 'label';

/** The layers of the catalogue by their uppermost part, the highest first; those that are only names are left out. */
export function drawingOrder(layers: readonly LayerSpecification[]): string[] {
  return [...new Set(layers.filter(isBody).toReversed().map(layerOf))] as string[];
}

/** An order that names some, as a whole one: those it does not name follow as they are. */
export function wholeOrder(named: readonly string[], natural: readonly string[]): string[] {
  const known = named.filter((id, index) => natural.includes(id) && named.indexOf(id) === index);
  return [...known, ...natural.filter((id) => !known.includes(id))];
}

/** Of an order as much of the beginning as says it all: the rest is as it would be anyway. */
export function shortOrder(order: readonly string[], natural: readonly string[]): string[] {
  for (let length = 0; length <= order.length; length++) {
    const named = order.slice(0, length);
    if (wholeOrder(named, natural).join() === order.join()) return named;
  }
  return [...order];
}

/** The longest run of layers that keep their places among one another: the others are those that were moved. */
function kept(order: readonly string[], natural: readonly string[]): ReadonlySet<string> {
  const places = order.map((id) => natural.indexOf(id));
  const best = places.map(() => ({ length: 1, before: -1 }));
  for (const [index, place] of places.entries()) {
    for (let earlier = 0; earlier < index; earlier++) {
      const length = (best[earlier]?.length ?? 0) + 1;
      if ((places[earlier] as number) < place && length > (best[index]?.length ?? 0))
        best[index] = { length, before: earlier };
    }
  }
  let at = best.reduce((top, { length }, index) => (length > (best[top]?.length ?? 0) ? index : top), 0);
  const run = new Set<string>();
  while (at >= 0 && at < order.length) {
    run.add(order[at] as string);
    at = best[at]?.before ?? -1;
  }
  return run;
}

/**
 * The style's layers, lowest first, in an order of the reader's. What he did not move keeps the place that the server gave
 * each of its parts; what he moved lies as a whole just above the layer that follows it in his order.
 */
export function stacked(layers: readonly LayerSpecification[], named: readonly string[] | null): LayerSpecification[] {
  if (named === null) return [...layers];
  const natural = drawingOrder(layers);
  const order = wholeOrder(named, natural);
  const staying = kept(order, natural);
  const isMoved = (layer: LayerSpecification) => isBody(layer) && !staying.has(layerOf(layer) ?? '');
  const stack = layers.filter((layer) => !isMoved(layer));
  for (const [index, id] of [...order.entries()].toReversed()) {
    if (staying.has(id)) continue;
    const below = order[index + 1];
    const top = stack.findLastIndex((layer) =>
      below === undefined
        ? layerOf(layer) === undefined && layer.type === 'background'
        : isBody(layer) && layerOf(layer) === below,
    );
    stack.splice(top + 1, 0, ...layers.filter((layer) => isMoved(layer) && layerOf(layer) === id));
  }
  return stack;
}
