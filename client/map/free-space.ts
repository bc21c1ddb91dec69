import type { Map as MapLibre, PaddingOptions } from 'maplibre-gl';

/** What of the map nothing lies over: panels are measured where they are, so that no number is written twice. */

const NARROW = '(max-width: 959px)';
/** Air between what is shown and what covers the rest, pixels. */
const AIR = 12;
/** However much is covered, so much is treated as free: MapLibre refuses to fit anything into less than nothing. */
const LEAST = 160;

/** Pixels from each side of the map to what is free. */
export type FreeSpace = Required<PaddingOptions>;

export function freeSpace(container: HTMLElement): FreeSpace {
  return within(container.getBoundingClientRect(), coveredSpace(container));
}

/** Pixels from each side of the map to where nothing lies over it, however little is left. */
export function coveredSpace(container: HTMLElement): FreeSpace {
  const map = container.getBoundingClientRect();
  const box = (selector: string) => {
    const found = document.querySelector(selector)?.getBoundingClientRect();
    return found && found.width > 0 && found.height > 0 ? found : undefined;
  };
  const bottom = Math.max(
    ...['.app > .clock', '.app > .table-dock'].map((part) => map.bottom - (box(part)?.top ?? map.bottom)),
  );
  const panel = box('.app > .panel');
  if (matchMedia(NARROW).matches) {
    // A panel that covers nearly all of it is looked at instead of the map.
    const sheet = panel && panel.top > map.top + LEAST ? map.bottom - panel.top : 0;
    return { left: 0, right: 0, top: 0, bottom: Math.max(bottom, sheet, 0) };
  }
  const layers = box('.app > .layers');
  const bar = box('.tool-bar');
  return {
    left: layers ? layers.right - map.left + AIR : 0,
    right: panel ? map.right - panel.left + AIR : 0,
    top: Math.max(bar ? bar.bottom - map.top : 0, layers ? 0 : (box('.top-bar')?.bottom ?? map.top) - map.top) + AIR,
    bottom: Math.max(bottom, 0) + AIR,
  };
}

function within({ width, height }: DOMRect, { left, right, top, bottom }: FreeSpace): FreeSpace {
  const across = Math.min(1, Math.max(0, width - LEAST) / Math.max(1, left + right));
  const down = Math.min(1, Math.max(0, height - LEAST) / Math.max(1, top + bottom));
  return { left: left * across, right: right * across, top: top * down, bottom: bottom * down };
}

/** In degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** Moves the map so that a box fills what is free. */
export function fitFree(map: MapLibre, box: Box, options: { readonly maxZoom?: number } = {}): void {
  map.fitBounds([...box], { padding: freeSpace(map.getContainer()), ...options });
}
