import { effect } from '@preact/signals';
import type { LayerSpecification, Map as MapLibre, PointLike } from 'maplibre-gl';
import { colorValue } from '../../server/core/style/color.ts';
import type { ProcessResult, ResultPart } from '../api/processes.ts';
import { boundsOf } from '../ask/bounds-of.ts';
import { styleOf } from '../ask/style-of.ts';
import { theme } from '../state/theme.ts';
import * as state from '../state.ts';
import { fitFree } from './free-space.ts';
import { halo } from './halo.ts';

/** Store to map: what a question found, above the layers and below their names. Map to store: what of it was clicked. */

const PREFIX = 'answer:';
/** Pixels around a click. */
const REACH = 5;

function layersOf(source: string, part: ResultPart): LayerSpecification[] {
  const style = styleOf(part, theme.peek());
  const color = colorValue(style.color) as string;
  if (style.type === 'line') {
    return [{ id: `${source}:line`, type: 'line', source, paint: { 'line-color': color, 'line-width': style.width } }];
  }
  if (style.type === 'circle') {
    const paint = { 'circle-radius': style.radius, 'circle-color': color, 'circle-stroke-color': halo() };
    return [{ id: `${source}:point`, type: 'circle', source, paint: { ...paint, 'circle-stroke-width': 1.5 } }];
  }
  const edge = { 'line-color': color, 'line-width': 0.8 };
  return [
    { id: `${source}:fill`, type: 'fill', source, paint: { 'fill-color': color, 'fill-opacity': style.opacity } },
    ...(style.outline ? [{ id: `${source}:edge`, type: 'line', source, paint: edge } as const] : []),
  ];
}

export function showAnswer(map: MapLibre): void {
  let drawn: ProcessResult | null = null;
  let isStyled = false;
  const clear = () => {
    const { layers, sources } = map.getStyle();
    for (const { id } of layers) if (id.startsWith(PREFIX)) map.removeLayer(id);
    for (const id of Object.keys(sources)) if (id.startsWith(PREFIX)) map.removeSource(id);
  };
  const add = (name: string, part: ResultPart, isHidden: boolean) => {
    const source = `${PREFIX}${name}`;
    if (map.getSource(source)) return;
    const features = part.features.map((feature, index) => ({ ...feature, id: index }));
    map.addSource(source, { type: 'geojson', data: { type: 'FeatureCollection', features } });
    const names = map.getStyle().layers.find(({ type }) => type === 'symbol')?.id;
    for (const layer of layersOf(source, part)) {
      map.addLayer({ ...layer, layout: { visibility: isHidden ? 'none' : 'visible' } } as LayerSpecification, names);
    }
  };
  /** Brings the map in step; also after a change of language, which takes away what is not in the style. */
  const ensure = () => {
    const answer = state.answer.value;
    const hidden = state.hiddenParts.value;
    if (!isStyled) return;
    if (answer !== drawn) clear();
    // The first part is what was asked for: on top.
    const parts = Object.entries(answer?.features ?? {}).toReversed();
    for (const [name, part] of parts) if (part.features.length > 0) add(name, part, hidden.has(name));
    if (answer && answer !== drawn) {
      const box = boundsOf(parts.flatMap(([, { features }]) => features));
      if (box) fitFree(map, box, { maxZoom: 9 });
    }
    drawn = answer;
  };
  effect(ensure);
  effect(() => {
    const hidden = state.hiddenParts.value;
    if (!isStyled) return;
    for (const { id } of map.getStyle().layers) {
      if (!id.startsWith(PREFIX)) continue;
      const isHidden = hidden.has(id.slice(PREFIX.length, id.lastIndexOf(':')));
      map.setLayoutProperty(id, 'visibility', isHidden ? 'none' : 'visible');
    }
  });
  map.once('style.load', () => {
    isStyled = true;
    ensure();
  });
  map.on('styledata', ensure);
  map.on('click', ({ point }) => {
    const layers = map.getStyle().layers.flatMap(({ id }) => (id.startsWith(PREFIX) ? [id] : []));
    if (layers.length === 0) return;
    const box: [PointLike, PointLike] = [
      [point.x - REACH, point.y - REACH],
      [point.x + REACH, point.y + REACH],
    ];
    const found = map.queryRenderedFeatures(box, { layers });
    const once = new Map(found.map(({ source, id }) => [`${source}/${id}`, { source, id }]));
    state.answerPicks.value = [...once.values()].map(({ source, id }) => ({
      part: source.slice(PREFIX.length),
      index: Number(id),
    }));
  });
}
