import { effect } from '@preact/signals';
import type { Map as MapLibre } from 'maplibre-gl';
import * as state from '../state.ts';
import { type Box, coveredSpace, fitFree, freeSpace } from './free-space.ts';

const SIDE = '.app > .panel:not(.records)';

/**
 * Keeps in the middle of what is free what was there before a panel opened or closed, and the spot that is asked about
 * clear of the list. The page's own controls follow by the properties --free-left and so on.
 */
export function followPanels(map: MapLibre, bounds: Box): void {
  const app = document.querySelector<HTMLElement>('.app');
  if (!app) return;
  const container = map.getContainer();
  let shift = 0;
  // A map that opens beside a panel has its place from the address, or shows its whole area in what the panel leaves.
  let isOpening = app.classList.contains('has-panel');
  const isPlaced = state.view.peek() !== null;

  const place = () => {
    const [free, covered] = [freeSpace(container), coveredSpace(container)];
    for (const side of ['left', 'right', 'top', 'bottom'] as const)
      app.style.setProperty(`--free-${side}`, `${Math.round(covered[side])}px`);
    const panel = app.querySelector<HTMLElement>(SIDE);
    // One that is hidden below the list comes back with its end; one that is still fetched is waited for.
    if (panel ? panel.offsetWidth === 0 : app.classList.contains('has-panel')) return;
    const next = panel ? (free.left - free.right) / 2 : 0;
    const by = next - shift;
    shift = next;
    if (isOpening) {
      isOpening = false;
      if (panel && !isPlaced) fitFree(map, bounds);
      return;
    }
    if (Math.abs(by) < 1) return;
    // A journey that has begun is not cut short.
    if (map.isMoving()) map.once('moveend', () => map.panBy([-by, 0]));
    else map.panBy([-by, 0], { duration: 200 });
  };

  const boxes = new ResizeObserver(place);
  const watch = () => {
    boxes.disconnect();
    for (const part of app.children) boxes.observe(part);
    place();
  };
  new MutationObserver(watch).observe(app, { childList: true, attributes: true, attributeFilter: ['class'] });
  map.on('resize', place);
  watch();

  effect(() => {
    const spot = state.spot.value;
    if (!spot || state.picks.value === null) return;
    requestAnimationFrame(() => {
      const { right, bottom } = freeSpace(container);
      const { x, y } = map.project([spot.lon, spot.lat]);
      const [beyond, below] = [x - (container.clientWidth - right), y - (container.clientHeight - bottom)];
      if (map.isMoving() || (beyond < 0 && below < 0)) return;
      map.panBy([beyond < 0 ? 0 : beyond + SPOT_AIR, below < 0 ? 0 : below + SPOT_AIR], { duration: 200 });
    });
  });
}

/** Pixels around the spot that are to be seen with it. */
const SPOT_AIR = 48;
