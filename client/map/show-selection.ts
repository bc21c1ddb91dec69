import { effect } from '@preact/signals';
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl';
import { MARK_COLORS } from '../state/mark-colors.ts';
import { hoveredItem, selected, selectedItems } from '../state/selection.ts';
import { theme } from '../state/theme.ts';

/** Store to map: the rows that are selected in the table, above everything else, whether the layer shows records or hexagons. */

const SOURCE = 'selection';
const isHovered = ['==', ['get', 'hovered'], true];

/** A ring that is seen on every class and on both base maps, and what sets it off. */
function layersOf({ focus: ring, casing }: (typeof MARK_COLORS)['light' | 'dark']): LayerSpecification[] {
  const of = { source: SOURCE } as const;
  const notPoint = ['!=', ['geometry-type'], 'Point'];
  return [
    {
      ...{ id: 'selection:fill', type: 'fill', ...of, filter: ['==', ['geometry-type'], 'Polygon'] },
      paint: { 'fill-color': ring, 'fill-opacity': 0.12 },
    },
    {
      ...{ id: 'selection:casing', type: 'line', ...of, filter: notPoint },
      paint: { 'line-color': casing, 'line-width': 6, 'line-opacity': 0.8 },
    },
    {
      ...{ id: 'selection:line', type: 'line', ...of, filter: notPoint },
      paint: { 'line-color': ring, 'line-width': ['case', isHovered, 4, 3] },
    },
    {
      ...{ id: 'selection:halo', type: 'circle', ...of, filter: ['==', ['geometry-type'], 'Point'] },
      paint: {
        'circle-radius': ['case', isHovered, 11, 9],
        'circle-opacity': 0,
        'circle-stroke-color': casing,
        'circle-stroke-width': 5,
      },
    },
    {
      ...{ id: 'selection:ring', type: 'circle', ...of, filter: ['==', ['geometry-type'], 'Point'] },
      paint: {
        'circle-radius': ['case', isHovered, 11, 9],
        'circle-opacity': 0,
        'circle-stroke-color': ring,
        'circle-stroke-width': 3,
      },
    },
  ] as LayerSpecification[];
}

export function showSelection(map: MapLibre): void {
  let isStyled = false;
  const data = () => {
    const hovered = hoveredItem.value;
    const items = selectedItems.value.filter((item) => item.id !== hovered?.id);
    const features = [...items, ...(hovered ? [hovered] : [])].flatMap(({ id, geometry }) =>
      geometry
        ? [
            {
              type: 'Feature' as const,
              geometry,
              properties: { id, hovered: id === hovered?.id, selected: selected.value.has(id) },
            },
          ]
        : [],
    );
    return { type: 'FeatureCollection' as const, features };
  };
  /** Brings the map in step; also after a change of language or theme, which takes away what is not in the style. */
  const ensure = () => {
    const [drawn, colors] = [data(), MARK_COLORS[theme.value]];
    if (!isStyled) return;
    const source = map.getSource<GeoJSONSource>(SOURCE);
    if (!source && drawn.features.length === 0) return;
    if (!source) map.addSource(SOURCE, { type: 'geojson', data: drawn });
    for (const layer of layersOf(colors)) if (!map.getLayer(layer.id)) map.addLayer(layer);
    return source;
  };
  effect(() => {
    const drawn = data();
    ensure()?.setData(drawn);
  });
  map.once('style.load', () => {
    isStyled = true;
    ensure();
  });
  map.on('styledata', () => ensure());
}
