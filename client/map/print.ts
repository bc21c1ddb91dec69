import type { Map as MapLibre } from 'maplibre-gl';

/** Pixels across the narrower of the sheets that are usual, US Letter upright on its long side, without its margins. */
const SHEET = 980;

/**
 * Before the page is printed: says to css/print.css how large the map stands on the screen and how much smaller it must be for
 * a sheet. A browser prints the canvas as it is, and would cut it off; all that lies on the map becomes smaller with it.
 */
export function printWhole(map: MapLibre): void {
  addEventListener('beforeprint', () => {
    const { clientWidth, clientHeight } = map.getContainer();
    const { style } = document.documentElement;
    style.setProperty('--map-width', `${clientWidth}px`);
    style.setProperty('--map-height', `${clientHeight}px`);
    style.setProperty('--print-zoom', Math.min(1, SHEET / clientWidth).toFixed(3));
  });
}
