import { effect } from '@preact/signals';
import type { Map as MapLibre } from 'maplibre-gl';
import { theme } from '../state/theme.ts';

/** What paints over the map: in pixels of the page, from the map's upper left corner. Reads signals. */
export interface Painter {
  /** Whether there is anything to paint now. Reads signals: the map is painted anew when they change. */
  isOn(): boolean;
  paint(context: CanvasRenderingContext2D, map: MapLibre): void;
}

/**
 * A transparent sheet over the map for what belongs to no layer: grids, what is measured, how far off a record may be. It
 * is painted in the same frame in which the map moves, and not at all while there is nothing on it.
 */
export function overlay(map: MapLibre, painters: readonly Painter[]): void {
  const canvas = document.createElement('canvas');
  canvas.className = 'overlay';
  canvas.setAttribute('aria-hidden', 'true');
  map.getCanvasContainer().append(canvas);
  const context = canvas.getContext('2d');
  if (!context) return;
  let isBlank = true;

  const paint = () => {
    const on = painters.filter((painter) => painter.isOn());
    if (on.length === 0 && isBlank) return;
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    const ratio = map.getPixelRatio();
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    for (const painter of on) {
      context.save();
      painter.paint(context, map);
      context.restore();
    }
    isBlank = on.length === 0;
  };
  map.on('move', paint);
  map.on('resize', paint);
  effect(() => {
    void theme.value;
    paint();
  });
}
