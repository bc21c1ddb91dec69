import type { Map as MapLibre } from 'maplibre-gl';

/** A map that has drawn so lately is at work: the clock is dragged, or the ground moved. */
const AT_WORK_MS = 250;
/** The longest wait for a browser's word that a press was painted: it says nothing of what took less than 16 ms. */
const PAINT_MS = 60;

const drawnAt = new WeakMap<MapLibre, number>();

interface Waiting {
  readonly since: number;
  readonly run: () => void;
}

const waiting = new Set<Waiting>();
/** Whether this browser says when a press was painted; null: not asked yet. */
let saysPaints: boolean | null = null;

/** So that `afterPaint` knows whether a map is at rest, and when a press was painted. */
export function watchDrawing(map: MapLibre): void {
  saysPaints ??= watchPaints();
  map.on('render', () => void drawnAt.set(map, performance.now()));
}

/**
 * Runs what makes a map draw: once the rest of the page has been painted where the map is at rest, for a button that was
 * pressed is to look pressed before a picture is drawn that may take a tenth of a second; and at once while it draws anyway.
 */
export function afterPaint(map: MapLibre, run: () => void): void {
  const isAtWork = performance.now() - (drawnAt.get(map) ?? Number.NEGATIVE_INFINITY) < AT_WORK_MS;
  if (isAtWork) {
    run();
    return;
  }
  const entry: Waiting = { since: performance.now(), run };
  requestAnimationFrame(() => requestAnimationFrame(() => (saysPaints ? wait(entry) : run())));
}

function wait(entry: Waiting): void {
  waiting.add(entry);
  setTimeout(() => go(entry), PAINT_MS);
}

function go(entry: Waiting): void {
  if (waiting.delete(entry)) entry.run();
}

/**
 * Says when a press is seen. Handed on after two frames a picture is only on its way to the screen; where the processor
 * draws it, the map's worker would take half of two cores from it (a press then took 104 to 168 ms to be seen).
 */
function watchPaints(): boolean {
  if (!PerformanceObserver.supportedEntryTypes.includes('event')) return false;
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      for (const entry of waiting) if (startTime <= entry.since && entry.since <= startTime + duration) go(entry);
  });
  // 16 ms is the least that can be asked for: https://w3c.github.io/event-timing/
  observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  return true;
}
