import type {
  LayerSpecification,
  Map as MapLibre,
  SourceSpecification,
  StyleSpecification,
  VectorTileSource,
} from 'maplibre-gl';
import { tilesOf } from './retile.ts';

/**
 * Changes the map from one dressing of the server's style to another. Only what differs between the two is touched: what
 * others drew on the map, or set on its layers, stays. (MapLibre's own comparison of styles would take that away.)
 */
export function bringInStep(map: MapLibre, before: StyleSpecification, after: StyleSpecification): void {
  const old = new Map(before.layers.map((layer) => [layer.id, layer]));
  renewSources(map, before, after, old);
  for (const layer of after.layers) {
    const was = old.get(layer.id);
    if (map.getLayer(layer.id) && was && was !== layer) change(map, was, layer);
  }
  order(map, after.layers);
}

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);
const sourceOf = (layer: LayerSpecification | undefined) => (layer && 'source' in layer ? layer.source : undefined);

/** Whether the map's source has these tiles already: those with hexagons are given other addresses while they are there. */
function holds(map: MapLibre, name: string, source: SourceSpecification | undefined): boolean {
  const held = map.getSource<VectorTileSource>(name);
  if (source?.type !== 'vector' || !source.tiles || held?.type !== 'vector') return false;
  return same(tilesOf(held), source.tiles);
}

/** Sources that came, went or have other tiles, and the layers that are drawn from them. */
function renewSources(
  map: MapLibre,
  before: StyleSpecification,
  after: StyleSpecification,
  old: ReadonlyMap<string, LayerSpecification>,
): void {
  const names = new Set([...Object.keys(before.sources), ...Object.keys(after.sources)]);
  const isStale = (name: string) =>
    !same(before.sources[name], after.sources[name]) && !holds(map, name, after.sources[name]);
  const stale = new Set([...names].filter(isStale));
  const moved = after.layers.filter((layer) => {
    const source = sourceOf(layer);
    return source !== undefined && (stale.has(source) || source !== sourceOf(old.get(layer.id)));
  });
  for (const { id } of moved) if (map.getLayer(id)) map.removeLayer(id);
  for (const name of stale) if (map.getSource(name)) map.removeSource(name);
  for (const name of stale) {
    const source = after.sources[name];
    if (source && !map.getSource(name)) map.addSource(name, source);
  }
  for (const layer of moved) map.addLayer(layer);
}

function change(map: MapLibre, was: LayerSpecification, is: LayerSpecification): void {
  const filterOf = (layer: LayerSpecification) => ('filter' in layer ? layer.filter : undefined);
  if (!same(filterOf(was), filterOf(is))) map.setFilter(is.id, filterOf(is) ?? null);
  for (const part of ['paint', 'layout'] as const) {
    const [from, to] = [was[part] ?? {}, is[part] ?? {}] as Record<string, unknown>[];
    for (const name of new Set([...Object.keys(from ?? {}), ...Object.keys(to ?? {})])) {
      if (same(from?.[name], to?.[name])) continue;
      if (part === 'paint') map.setPaintProperty(is.id, name as never, to?.[name] as never);
      else map.setLayoutProperty(is.id, name as never, to?.[name] as never);
    }
  }
}

/** From the top down each layer is put below the one above it; what is not of the style stays where it lies. */
function order(map: MapLibre, layers: readonly LayerSpecification[]): void {
  const own = new Set(layers.map(({ id }) => id));
  for (let index = layers.length - 2; index >= 0; index--) {
    const [id, above] = [layers[index]?.id ?? '', layers[index + 1]?.id ?? ''];
    if (!map.getLayer(id) || !map.getLayer(above)) continue;
    const drawn = map.getLayersOrder();
    const next = drawn.slice(drawn.indexOf(id) + 1).find((other) => own.has(other));
    if (next !== above) map.moveLayer(id, above);
  }
}
