import type { Map as MapLibre, Source } from 'maplibre-gl';
import type { Months } from '../../server/core/interval.ts';
import { countInWindow, type SeriesSums } from '../../server/core/series.ts';
import { hexLayer } from './hex-layer.ts';

/** What has been set on the cells of one resolution; -1: nothing. */
interface Given {
  readonly sums: SeriesSums;
  readonly counts: Int32Array;
  window: string;
}

/** Per source and layer, by resolution. A source that the style makes anew comes without states, and is not in here. */
const given = new WeakMap<Source, Map<string, Map<number, Given>>>();

function givenTo(source: Source, layer: string): Map<number, Given> {
  const layers = given.get(source) ?? new Map<string, Map<number, Given>>();
  given.set(source, layers);
  const resolutions = layers.get(layer) ?? new Map<number, Given>();
  layers.set(layer, resolutions);
  return resolutions;
}

/** Resolutions of which cells of the layer have counts. */
export function givenResolutions(source: Source, layer: string): number[] {
  return [...givenTo(source, layer).keys()];
}

/** Gives each cell its count in the window: only those are touched whose count is another than before. */
export function giveCounts(map: MapLibre, source: Source, layer: string, sums: SeriesSums, months: Months): void {
  const { resolution } = sums.header;
  const before = givenTo(source, layer).get(resolution);
  if (before && before.sums !== sums) takeCounts(map, source, layer, resolution);
  const now = givenTo(source, layer).get(resolution) ?? {
    sums,
    counts: new Int32Array(sums.ordinals.length).fill(-1),
    window: '',
  };
  givenTo(source, layer).set(resolution, now);
  const window = `${months.from}/${months.to}`;
  if (window === now.window) return;
  now.window = window;
  const target = { source: source.id, sourceLayer: hexLayer(layer), id: 0 };
  for (const [cell, ordinal] of sums.ordinals.entries()) {
    const count = countInWindow(sums, cell, months);
    // A cell that was given nothing counts none already.
    if (count === Math.max(0, now.counts[cell] as number)) continue;
    now.counts[cell] = count;
    map.setFeatureState({ ...target, id: ordinal }, { [`n${resolution}`]: count });
  }
}

/** Takes the counts of one resolution away again. */
export function takeCounts(map: MapLibre, source: Source, layer: string, resolution: number): void {
  const before = givenTo(source, layer).get(resolution);
  if (!before) return;
  givenTo(source, layer).delete(resolution);
  for (const [cell, ordinal] of before.sums.ordinals.entries()) {
    if (before.counts[cell] === -1) continue;
    map.removeFeatureState({ source: source.id, sourceLayer: hexLayer(layer), id: ordinal }, `n${resolution}`);
  }
}
