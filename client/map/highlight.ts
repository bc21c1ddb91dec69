import { effect } from '@preact/signals';
import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { layersBySource } from '../map-style.ts';
import * as state from '../state.ts';
import { setFlag, type Target } from './flags.ts';
import { hexLayer } from './hex-layer.ts';

/** The records of the open list stand out; an area only while its card is the one that is read. */
export function highlight(map: MapLibre, current: () => StyleSpecification): void {
  let selected: Target[] = [];
  effect(() => {
    const picks = state.picks.value ?? [];
    const focused = state.focused.value;
    const sources = new Map(
      [...layersBySource(current())].flatMap(([source, ids]) => ids.map((id) => [id, source] as const)),
    );
    const isArea = (layer: string) => state.collectionById.peek().get(layer)?.azalai.geometry === 'polygon';
    const shown = picks.filter((pick) =>
      focused ? samePick(pick, focused) : picks.length === 1 || !isArea(pick.layer),
    );
    const targets = shown.flatMap((pick): Target[] => {
      const source = sources.get(pick.layer);
      const sourceLayer = pick.type === 'record' ? pick.layer : hexLayer(pick.layer);
      return source ? [{ source, sourceLayer, id: pick.id }] : [];
    });
    setFlag(map, selected, targets, 'selected');
    selected = targets;
  });
}

const samePick = (a: state.Pick, b: state.Pick): boolean =>
  a.layer === b.layer &&
  (a.type === 'record' ? b.type === 'record' && a.id === b.id : b.type === 'hexagon' && a.cell === b.cell);
