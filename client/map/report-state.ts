import type { ErrorEvent, Map as MapLibre } from 'maplibre-gl';
import * as state from '../state.ts';
import { drawnClasses } from './drawn-classes.ts';
import { rememberFailed } from './failed-tiles.ts';
import { lookAround } from './in-view.ts';

/** What MapLibre tells of an error in a source, beyond its types. */
type SourceErrorEvent = ErrorEvent & {
  readonly sourceId?: string;
  readonly tile?: { readonly tileID: { readonly canonical: { x: number; y: number; z: number } } };
};

/** Map to store: where it is, whether it loads, what failed. */
export function reportState(map: MapLibre): void {
  const report = () => {
    const { lng, lat } = map.getCenter();
    state.view.value = { lon: lng, lat, zoom: map.getZoom() };
  };
  map.on('moveend', report);
  map.once('load', report);
  map.on('dataloading', () => {
    state.isLoading.value = true;
  });
  map.on('idle', () => {
    state.isLoading.value = false;
    state.drawnClasses.value = drawnClasses(map);
    if (!state.isCounting.peek()) lookAround(map);
  });
  map.on('error', (event: SourceErrorEvent) => {
    const { sourceId, tile } = event;
    if (sourceId !== undefined && tile) rememberFailed(sourceId, tile.tileID.canonical);
    const isNetwork = event.sourceId !== undefined || 'status' in event.error || event.error instanceof TypeError;
    // What is wrong with the style itself is a fault of ours, not of the reader's connection.
    if (!isNetwork) reportError(event.error);
    else state.failedSources.value = new Set([...state.failedSources.peek(), event.sourceId ?? state.STYLE]);
  });
}
