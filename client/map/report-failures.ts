import type { ErrorEvent, Map as MapLibre } from 'maplibre-gl';
import * as state from '../state.ts';
import { rememberFailed } from './failed-tiles.ts';

/** What MapLibre tells of an error in a source, beyond its types. */
type SourceErrorEvent = ErrorEvent & {
  readonly sourceId?: string;
  readonly tile?: { readonly tileID: { readonly canonical: { x: number; y: number; z: number } } };
};

/** Map to store: what failed. */
export function reportFailures(map: MapLibre): void {
  map.on('error', (event: SourceErrorEvent) => {
    const { sourceId, tile } = event;
    if (sourceId !== undefined) rememberFailed(map, sourceId, tile?.tileID.canonical ?? null);
    const isNetwork = event.sourceId !== undefined || 'status' in event.error || event.error instanceof TypeError;
    // What is wrong with the style itself is a fault of ours, not of the reader's connection.
    if (!isNetwork) reportError(event.error);
    else state.failedSources.value = new Set([...state.failedSources.peek(), event.sourceId ?? state.STYLE]);
  });
}
