import type { IControl, Map as MapLibre } from 'maplibre-gl';
import { centreAt, degreesPerPixel, pointerAt, readOutPlace } from '../state/position.ts';

const WORLD = 512;

/** Map to store: where the pointer is, and the middle of what is free; beside the scale. */
export function readOut(map: MapLibre): void {
  let frame = 0;
  map.on('mousemove', ({ lngLat, originalEvent }) => {
    // A finger leaves no pointer behind.
    if ((originalEvent as PointerEvent).pointerType === 'touch') return;
    cancelAnimationFrame(frame);
    const { lng, lat } = lngLat.wrap();
    frame = requestAnimationFrame(() => {
      pointerAt.value = { lon: lng, lat };
    });
  });
  map.on('mouseout', () => {
    cancelAnimationFrame(frame);
    pointerAt.value = null;
  });
  const move = () => {
    const { lng, lat } = map.getCenter().wrap();
    centreAt.value = { lon: lng, lat };
    degreesPerPixel.value = 360 / (WORLD * 2 ** map.getZoom());
  };
  map.on('move', move);
  move();

  const element = document.createElement('div');
  element.className = 'maplibregl-ctrl read-out-place';
  const control: IControl = {
    onAdd: () => {
      readOutPlace.value = element;
      return element;
    },
    onRemove: () => {
      readOutPlace.value = null;
      element.remove();
    },
  };
  map.addControl(control, 'bottom-left');
}
