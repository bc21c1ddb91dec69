import { signal } from '@preact/signals';
import type { Map as MapLibre } from 'maplibre-gl';
import { grid } from '../state/grid.ts';
import type { Painter } from './overlay.ts';

type Paint = (context: CanvasRenderingContext2D, map: MapLibre) => void;
/** Fetched when the grid is first switched on. */
const fetched = signal<Paint | null>(null);

export const mgrsPainter: Painter = {
  isOn: () => {
    if (grid.value !== 'mgrs') return false;
    if (fetched.value) return true;
    import('./grid-mgrs-paint.ts').then(
      ({ paintMgrs }) => {
        fetched.value = paintMgrs;
      },
      () => undefined,
    );
    return false;
  },
  paint: (context, map) => fetched.value?.(context, map),
};
