import { effect } from '@preact/signals';
import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { asOf } from '../api/known-at.ts';
import type { Collection } from '../api.ts';
import type { LayerTimes } from '../clock/histogram.ts';
import { classRules, passesRule } from '../layer-classes.ts';
import { layersBySource } from '../map-style.ts';
import { timesInView, timesMissing } from '../state/clock.ts';
import { tileFilters } from '../state/filters.ts';
import { hiddenClasses } from '../state/layers.ts';
import * as state from '../state.ts';
import { cellsInView } from './cells-in-view.ts';
import { boxOf, meets } from './feature-box.ts';
import { type Described, type HexagonLayer, hexagonLayers, resolutionAt } from './hexagon-layers.ts';
import { monthsOfCells } from './months-of-cells.ts';
import { arrivals, series } from './series.ts';

/** Map to store: when what is in view happened, for the histogram of the clock. Looked at when the map comes to rest. */
export function watchTimes(map: MapLibre, current: () => StyleSpecification): void {
  let seen = '';
  const look = () => {
    // Hexagons of the window before may still be there: those of this one are looked at when they are.
    if (state.isCounting.peek()) return;
    const key = whatIsInView(map);
    if (key === seen) return;
    seen = key;
    const found = lookAtTimes(map, hexagonLayers(current()));
    timesInView.value = found.layers;
    timesMissing.value = found.missing;
  };
  map.on('idle', look);
  let before = arrivals.peek();
  effect(() => {
    // A series that was on its way when the map came to rest.
    if (arrivals.value === before) return;
    before = arrivals.value;
    if (map.loaded()) look();
  });
}

/** All that the times in view hang on: the clock is no part of it, except that a window that cuts a month hides hexagons. */
function whatIsInView(map: MapLibre): string {
  const visible = [...state.visible.peek()];
  const generations = visible.map((id) => state.collectionById.peek().get(id)?.azalai.generation);
  const counted = [...state.countings.peek()].map(([id, { by }]) => `${id}:${by === 'server'}`);
  return JSON.stringify([
    ...[map.getBounds().toArray(), map.getZoom(), visible, generations, counted],
    ...[arrivals.peek(), [...state.failedSources.peek()], [...tileFilters.peek()], asOf.peek()],
    [...hiddenClasses.peek()].map(([id, classes]) => [id, [...classes]]),
  ]);
}

function lookAtTimes(map: MapLibre, hexagons: readonly HexagonLayer[]) {
  const layers: LayerTimes[] = [];
  const missing: string[] = [];
  for (const [source, ids] of layersBySource(map.getStyle())) {
    for (const id of ids.filter((candidate) => state.visible.peek().has(candidate))) {
      const collection = state.collectionById.peek().get(id);
      if (!collection?.azalai.time || collection.azalai.group === 'base') continue;
      const { azalai } = collection;
      const hexagon = hexagons.find((layer) => layer.id === id);
      const resolution = hexagon ? resolutionAt(hexagon, azalai, map.getZoom()) : null;
      if (resolution === null) layers.push(...timesOfRecords(map, source, id, azalai));
      else {
        const found = timesOfHexagons(map, source, collection, resolution);
        if (found === 'missing') missing.push(id);
        else if (found) layers.push(found);
      }
    }
  }
  return { layers, missing };
}

type Azalai = Collection['azalai'];

/** Each record once; what a record says of itself goes before what its layer says. */
function timesOfRecords(map: MapLibre, source: string, layer: string, azalai: Azalai): LayerTimes[] {
  const bounds = map.getBounds();
  const rules = classRules(azalai, hiddenClasses.peek().get(layer) ?? new Set());
  const known = new Set<number>();
  const spans = { modelled: [] as [number | null, number | null][], other: [] as [number | null, number | null][] };
  for (const feature of map.querySourceFeatures(source, { sourceLayer: layer })) {
    const id = Number(feature.id);
    if (
      known.has(id) ||
      !rules.every((rule) => passesRule(feature.properties, rule)) ||
      !meets(boxOf(feature.geometry), bounds)
    )
      continue;
    known.add(id);
    const { valid_from: from, valid_to: to, confidence } = feature.properties;
    const isModelled = (confidence ?? azalai.nature) === 'modelled';
    spans[isModelled ? 'modelled' : 'other'].push([from ?? null, to ?? null]);
  }
  const isRange = azalai.time === 'interval';
  return [
    { isModelled: false, isRange, spans: spans.other, months: null },
    { isModelled: true, isRange, spans: spans.modelled, months: null },
  ].filter((times) => times.spans.length > 0);
}

/** From the layer's series, which counts all whatever filter there is; null while that is on its way. */
function timesOfHexagons(
  map: MapLibre,
  source: string,
  { id: layer, azalai, extent }: Collection,
  resolution: number,
): LayerTimes | null | 'missing' {
  const { generation, nature, seriesResolution = null }: Azalai & Described = azalai;
  if (seriesResolution === null || resolution > seriesResolution || tileFilters.peek().has(layer)) return 'missing';
  // The series is of now.
  if (asOf.peek() !== null) return 'missing';
  const isWindowed = state.countings.peek().get(layer)?.by === 'server';
  const cells = cellsInView(map, { layer, source, resolution, generation, isWindowed });
  const [west = 0, south = 0, east = 0, north = 0] = extent?.spatial?.bbox[0] ?? [];
  const bounds = map.getBounds();
  const isWhole = extent?.spatial && bounds.contains([west, south]) && bounds.contains([east, north]);
  if (!cells && !isWhole) return 'missing';
  const sums = series.get(layer, resolution, generation);
  if (typeof sums === 'string') return sums === 'coming' ? null : 'missing';
  const isRange = azalai.time === 'interval';
  return {
    isModelled: nature === 'modelled',
    isRange,
    spans: [],
    months: monthsOfCells(sums, cells ?? new Set(sums.ordinals), isRange),
  };
}
