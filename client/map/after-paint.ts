import type { Map as MapLibre } from 'maplibre-gl';

/** A map that has drawn so lately is at work: the clock is dragged, or the ground moved. */
const AT_WORK_MS = 250;

const drawnAt = new WeakMap<MapLibre, number>();

/** So that `afterPaint` knows whether a map is at rest. */
export function watchDrawing(map: MapLibre): void {
  map.on('render', () => void drawnAt.set(map, performance.now()));
}

/**
 * Runs what makes a map draw: once the rest of the page has been painted where the map is at rest, for a button that was
 * pressed is to look pressed before a picture is drawn that may take a tenth of a second; and at once while it draws anyway.
 */
export function afterPaint(map: MapLibre, run: () => void): void {
  const isAtWork = performance.now() - (drawnAt.get(map) ?? Number.NEGATIVE_INFINITY) < AT_WORK_MS;
  if (isAtWork) run();
  else requestAnimationFrame(() => requestAnimationFrame(run));
}
