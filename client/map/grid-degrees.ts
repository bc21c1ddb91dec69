import type { Map as MapLibre } from 'maplibre-gl';
import { graticuleLabel, graticuleStep } from '../search/graticule.ts';
import { grid } from '../state/grid.ts';
import { language } from '../state.ts';
import { freeSpace } from './free-space.ts';
import type { Painter } from './overlay.ts';
import { overlayColors, paintText } from './overlay-colors.ts';

/** Lines of latitude and longitude with their names at the edges of what is free. */
export const degreesPainter: Painter = {
  isOn: () => grid.value === 'degrees',
  paint: (context, map: MapLibre) => {
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    const free = freeSpace(map.getContainer());
    const step = graticuleStep(map.getZoom());
    const bounds = map.getBounds();
    const first = (degrees: number) => Math.ceil((degrees * 60) / step) * step;
    const west = language.value === 'fr' ? 'O' : 'W';
    context.strokeStyle = overlayColors().line;
    context.lineWidth = 1;
    context.beginPath();
    const columns: [number, number][] = [];
    const rows: [number, number][] = [];
    for (let minutes = first(bounds.getWest()); minutes <= bounds.getEast() * 60; minutes += step) {
      const { x } = map.project([minutes / 60, 0]);
      columns.push([minutes, x]);
      context.moveTo(x, 0);
      context.lineTo(x, height);
    }
    for (let minutes = first(bounds.getSouth()); minutes <= bounds.getNorth() * 60; minutes += step) {
      const { y } = map.project([bounds.getWest(), minutes / 60]);
      rows.push([minutes, y]);
      context.moveTo(0, y);
      context.lineTo(width, y);
    }
    context.stroke();
    context.textBaseline = 'top';
    context.textAlign = 'center';
    for (const [minutes, x] of columns) {
      if (x < free.left + 48 || x > width - free.right - 48) continue;
      paintText(context, graticuleLabel(minutes, ['E', west]), x, free.top + 4);
    }
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    for (const [minutes, y] of rows) {
      if (y < free.top + 24 || y > height - free.bottom - 8) continue;
      paintText(context, graticuleLabel(minutes, ['N', 'S']), width - free.right - 8, y);
    }
  },
};
