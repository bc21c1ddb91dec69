import { effect } from '@preact/signals';
import type { Map as MapLibre, StyleSpecification, VectorTileSource } from 'maplibre-gl';
import { datetimeOf } from '../api.ts';
import { tileFilters } from '../state/filters.ts';
import * as state from '../state.ts';
import type { TimeWindow } from '../url.ts';
import { afterPaint } from './after-paint.ts';
import { applyPlan } from './apply-plan.ts';
import { hasFailed } from './failed-tiles.ts';
import { hexagonTilesets } from './hexagon-tiles.ts';
import { recount } from './in-view.ts';
import { type Plan, planCounts } from './plan-counts.ts';
import { retile, tilesOf } from './retile.ts';
import { arrivals, series } from './series.ts';
import { sourcesInUse, wantedAddress } from './tiles-in-use.ts';
import { watchVersions } from './version-watch.ts';

/** The server is asked when the clock has rested this long. */
const SETTLE_MS = 200;
/** While something is waited for it is looked at so often. */
const LOOK_MS = 500;

/**
 * Store to map: hexagons count what lies in the window. Each pass brings the map closer to the plan of the moment
 * (plan-counts.ts), at most one in a frame; one that finds nothing to change is cheap.
 */
export function countHexagons(map: MapLibre, current: () => StyleSpecification): void {
  let isScheduled = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lookTimer: ReturnType<typeof setTimeout> | undefined;
  let restsAt = Number.NEGATIVE_INFINITY;
  let plans: readonly Plan[] = [];
  let used: ReadonlySet<string> = new Set();
  const opening = state.timeWindow.peek();
  /** For which window a source was last asked. */
  const tried = new Map<string, TimeWindow>();

  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      pass();
    });
  };
  const versions = watchVersions(map, schedule);
  // MapLibre (6.17) says nothing of tiles that came again with the ETag that they had, and draws nothing either.
  const lookAgain = () => {
    clearTimeout(lookTimer);
    lookTimer = setTimeout(() => {
      if ([...used].every((name) => !map.getSource(name) || map.isSourceLoaded(name))) settle();
      else lookAgain();
    }, LOOK_MS);
  };

  const pass = () => {
    clearTimeout(timer);
    const [window, collections, style] = [state.timeWindow.peek(), state.collectionById.peek(), current()];
    const tilesets = hexagonTilesets(style, collections);
    const visible = state.visible.peek();
    plans = planCounts({ style, collections, tilesets, visible, window, zoom: map.getZoom() }, series);
    series.trim(plans.length);
    let isWaiting = plans.some(({ held }) => held === 'coming');
    used = sourcesInUse(style, plans, { tilesets, visible });
    for (const name of used) {
      const source = map.getSource<VectorTileSource>(name);
      if (!source) continue;
      const group = plans.filter((plan) => plan.source === name);
      const isServed = group.some(({ counting }) => counting.by === 'server');
      const tileset = tilesets.get(name);
      const held = tilesOf(source)?.[0];
      const address =
        tileset && wantedAddress(tileset, collections, { plans: group, datetime: datetimeOf(window), held });
      // A source whose tiles failed is left alone until the reader tries again, or moves the clock.
      const isLeft = hasFailed(map, name) && (tried.get(name) ?? opening) === window;
      if (address && !isLeft && (versions.outdated.has(name) || held !== address)) {
        const rest = isServed ? restsAt - performance.now() : 0;
        if (rest > 0) timer = setTimeout(schedule, rest);
        // MapLibre (6.17) forgets a new address for tiles that it is loading, or that a changed style is about to load
        // again: a later pass will tell it.
        else if (map.isSourceLoaded(name) && map.isStyleLoaded()) {
          versions.outdated.delete(name);
          tried.set(name, window);
          retile(map, source, address);
          schedule();
        }
      }
      const isHere = (!address || tilesOf(source)?.[0] === address) && map.isSourceLoaded(name);
      if (!isHere && !isLeft) isWaiting = true;
      // What is shown stays until the server's counts are here.
      if (isServed && !isHere) continue;
      for (const plan of group) {
        const isStranger = versions.strangers.has(plan.layer);
        applyPlan(map, source, plan, { isServed, isStranger });
        if (plan.held === 'other') versions.renew(name);
        if (isStranger || plan.held === 'other') isWaiting = true;
      }
    }
    recount(plans, window);
    const countings = new Map(plans.map(({ layer, counting }) => [layer, counting]));
    if (JSON.stringify([...countings]) !== JSON.stringify([...state.countings.peek()]))
      state.countings.value = countings;
    clearTimeout(lookTimer);
    if (isWaiting) lookAgain();
    if (state.isCounting.peek() === isWaiting) return;
    state.isCounting.value = isWaiting;
    // So that the map comes to rest once more, and is looked at.
    map.triggerRepaint();
  };

  const settle = () => {
    versions.compare(plans);
    pass();
  };

  effect(() => {
    void [state.visible.value, state.collectionById.value, arrivals.value, tileFilters.value];
    schedule();
  });
  effect(() => {
    // The window with which the map opens has rested already.
    restsAt = state.timeWindow.value === opening && plans.length === 0 ? restsAt : performance.now() + SETTLE_MS;
    afterPaint(map, schedule);
  });
  map.on('zoom', schedule);
  map.on('styledata', schedule);
  map.on('sourcedata', ({ sourceId, sourceDataType }) => {
    // At its metadata a source counts as loaded for a moment, before its tiles are asked for again.
    if (sourceDataType === 'metadata') return;
    if (used.has(sourceId) && map.isSourceLoaded(sourceId)) settle();
  });
  map.on('idle', settle);
}
