import type { SourceSpecification, StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { isNarrowedFile } from '../../server/core/offline.ts';
import type { Collection } from '../api.ts';
import type { Held, SeriesStore } from '../state/series.ts';
import type { TimeWindow } from '../url.ts';
import { type Counting, toCounting } from './counting.ts';
import { type Described, hexagonLayers, resolutionAt } from './hexagon-layers.ts';
import type { Tileset } from './hexagon-tiles.ts';
import { monthsOf } from './months-of.ts';

/** What a layer that is drawn as hexagons now is counted by. */
export interface Plan {
  readonly layer: string;
  readonly source: string;
  readonly generation: number;
  readonly resolution: number;
  readonly counting: Counting;
  /** Its series where one serves; null where none is needed. */
  readonly held: Held | null;
}

interface View {
  readonly style: StyleSpecification;
  readonly collections: ReadonlyMap<string, Collection>;
  readonly tilesets: ReadonlyMap<string, Tileset>;
  readonly visible: ReadonlySet<string>;
  readonly window: TimeWindow;
  readonly zoom: number;
}

/** In a copy without a server: series are of all records, and its tiles of those that a filter leaves. */
const isNarrowed = (source: SourceSpecification | undefined) =>
  source?.type === 'vector' && isNarrowedFile(source.url ?? '');

/** Asks the store for the series that the plan needs. */
export function planCounts(view: View, series: Pick<SeriesStore, 'get'>): Plan[] {
  const months = monthsOf(view.window);
  return hexagonLayers(view.style).flatMap((layer): Plan[] => {
    const azalai: (Collection['azalai'] & Described) | undefined = view.collections.get(layer.id)?.azalai;
    if (!azalai || !view.visible.has(layer.id)) return [];
    const resolution = resolutionAt(layer, azalai, view.zoom);
    if (resolution === null) return [];
    const counted = (isSeriesFailed: boolean) =>
      toCounting({
        window: view.window,
        months,
        isTimed: azalai.time !== null,
        resolution,
        seriesResolution: azalai.seriesResolution ?? null,
        isSeriesFailed,
        hasServer: view.tilesets.has(layer.source),
        isFiltered: view.tilesets.get(layer.source)?.filter != null || isNarrowed(view.style.sources[layer.source]),
        isPast: view.tilesets.get(layer.source)?.knownAt != null,
      });
    const { generation } = azalai;
    const held = counted(false).by === 'series' ? series.get(layer.id, resolution, generation) : null;
    const counting = counted(held === 'failed');
    return [{ layer: layer.id, source: layer.source, generation, resolution, counting, held }];
  });
}
