import { effect } from '@preact/signals';
import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl';
import { markOnGround } from '../../server/core/style/on-dark.ts';
import { MARK_COLORS } from '../state/mark-colors.ts';
import { theme } from '../state/theme.ts';
import * as state from '../state.ts';
import { focusOn } from './focus-on.ts';
import { halo } from './halo.ts';

/** Store to map: the upload that is looked at, above everything else. */

const RECORDS = 'upload-records';
const TILES = 'upload-tiles';

const side = (name: string): ['==', ['get', string], string] => ['==', ['get', 'side'], name];
const isChosen = ['boolean', ['get', 'chosen'], false];
/** The others step back while one is looked at. */
const opacity = ['case', ['boolean', ['get', 'faint'], false], 0.3, 1];

/** What the file has as a warning, what is to be published in the page's own colour. */
function recordLayers(): LayerSpecification[] {
  const { accent, warn } = MARK_COLORS[theme.peek()];
  const point = (name: string, color: string, hollow: boolean): LayerSpecification => ({
    id: `${RECORDS}:${name}:point`,
    type: 'circle',
    source: RECORDS,
    filter: ['all', side(name), ['==', ['geometry-type'], 'Point']],
    paint: {
      'circle-radius': ['case', isChosen, 9, 6] as never,
      'circle-color': hollow ? halo() : color,
      'circle-stroke-color': hollow ? color : halo(),
      'circle-stroke-width': hollow ? 3 : 2,
      'circle-opacity': opacity as never,
      'circle-stroke-opacity': opacity as never,
    },
  });
  const line = (name: string, color: string, dash: number[] | null): LayerSpecification => ({
    id: `${RECORDS}:${name}:line`,
    type: 'line',
    source: RECORDS,
    filter: ['all', side(name), ['!=', ['geometry-type'], 'Point']],
    paint: {
      'line-color': color,
      'line-width': ['case', isChosen, 4, 2] as never,
      'line-opacity': opacity as never,
      ...(dash && { 'line-dasharray': dash }),
    },
  });
  return [
    line('way', warn, [1, 2]),
    line('before', warn, [3, 2]),
    line('after', accent, null),
    point('before', warn, true),
    point('after', accent, false),
  ];
}

function tileLayers({ layer, color: chosen }: state.UploadTiles): LayerSpecification[] {
  const color = chosen === null ? MARK_COLORS[theme.peek()].accent : markOnGround(chosen, theme.peek());
  const of = { source: TILES, 'source-layer': layer };
  return [
    {
      ...{ id: `${TILES}:hexagon`, type: 'fill', source: TILES, 'source-layer': `${layer}_hex` },
      paint: { 'fill-color': color, 'fill-opacity': 0.45 },
    },
    {
      ...{ id: `${TILES}:fill`, type: 'fill', ...of, filter: ['==', ['geometry-type'], 'Polygon'] },
      paint: { 'fill-color': color, 'fill-opacity': 0.15 },
    },
    {
      ...{ id: `${TILES}:line`, type: 'line', ...of, filter: ['!=', ['geometry-type'], 'Point'] },
      paint: { 'line-color': color, 'line-width': 1.5 },
    },
    {
      ...{ id: `${TILES}:point`, type: 'circle', ...of, filter: ['==', ['geometry-type'], 'Point'] },
      paint: {
        'circle-radius': 3.5,
        'circle-color': color,
        'circle-stroke-color': halo(),
        'circle-stroke-width': 1,
      },
    },
  ] as LayerSpecification[];
}

export function showUpload(map: MapLibre): void {
  let drawn: state.UploadTiles | null = null;
  let isStyled = false;
  const clear = (source: string) => {
    for (const { id } of map.getStyle().layers) if (id.startsWith(`${source}:`)) map.removeLayer(id);
    if (map.getSource(source)) map.removeSource(source);
  };
  /** Brings the map in step; also after a change of language, which takes away what is not in the style. */
  const ensure = () => {
    if (!isStyled) return;
    const { value: tiles } = state.uploadTiles;
    const records = state.uploadRecords.value;
    if (tiles !== drawn) clear(TILES);
    drawn = tiles;
    if (tiles && !map.getSource(TILES)) {
      map.addSource(TILES, { type: 'vector', tiles: [tiles.address], maxzoom: 14 });
      const above = map.getLayer(recordLayers()[0]?.id ?? '') ? recordLayers()[0]?.id : undefined;
      for (const layer of tileLayers(tiles)) map.addLayer(layer, above);
    }
    if (!records) clear(RECORDS);
    else if (!map.getSource(RECORDS)) {
      map.addSource(RECORDS, { type: 'geojson', data: records });
      for (const layer of recordLayers()) map.addLayer(layer);
    }
  };
  effect(() => {
    const records = state.uploadRecords.value;
    void state.uploadTiles.value;
    ensure();
    const source = records && map.getSource(RECORDS);
    if (source && 'setData' in source) (source as { setData: (data: unknown) => void }).setData(records);
  });
  map.once('style.load', () => {
    isStyled = true;
    ensure();
  });
  map.on('styledata', ensure);
  effect(() => {
    const box = state.uploadFocus.value;
    if (!box) return;
    focusOn(map, box);
  });
}
