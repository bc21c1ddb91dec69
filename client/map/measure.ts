import type { Map as MapLibre } from 'maplibre-gl';
import { lengthText } from '../measure/print.ts';
import { drawing } from '../state/drawing.ts';
import { measured, measures } from '../state/measure.ts';
import { language } from '../state.ts';
import type { Painter } from './overlay.ts';
import { overlayColors, paintText } from './overlay-colors.ts';

/** Pixels of a leg on which its length has room. */
const ROOM = 64;

/** What was measured, with the length of each leg; while it is drawn, the drawing itself is there. */
export const measurePainter: Painter = {
  isOn: () => (measured.value?.positions.length ?? 0) > 1,
  paint: (context, map: MapLibre) => {
    const { value: now } = measured;
    if (!now) return;
    const points = now.positions.map(([lon = 0, lat = 0]) => map.project([lon, lat]));
    const isArea = now.kind === 'area' && points.length > 2;
    const { warn, halo } = overlayColors();
    if (!drawing.value) {
      context.lineJoin = 'round';
      context.beginPath();
      for (const [index, { x, y }] of points.entries()) index === 0 ? context.moveTo(x, y) : context.lineTo(x, y);
      if (isArea) context.closePath();
      for (const [width, color] of [
        [5, halo],
        [2.5, warn],
      ] as const) {
        context.lineWidth = width;
        context.strokeStyle = color;
        context.stroke();
      }
      context.fillStyle = warn;
      for (const { x, y } of points) {
        context.beginPath();
        context.arc(x, y, 3.5, 0, 2 * Math.PI);
        context.fill();
      }
    }
    const { value: known } = measures;
    if (known?.of !== now) return;
    context.textAlign = 'center';
    context.textBaseline = 'bottom';
    for (const [index, leg] of known.legs.entries()) {
      const [from, to] = [points[index], points[(index + 1) % points.length]];
      if (!from || !to || Math.hypot(to.x - from.x, to.y - from.y) < ROOM) continue;
      paintText(context, lengthText(leg, language.value), (from.x + to.x) / 2, (from.y + to.y) / 2 - 4);
    }
  },
};
