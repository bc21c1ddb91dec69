import type { Map as MapLibre } from 'maplibre-gl';
import { featuresAt } from './features-at.ts';
import { setFlag, type Target, toTarget } from './flags.ts';

/** What lies under the pointer stands out. */
export function hover(map: MapLibre): void {
  let hovered: Target[] = [];
  let frame = 0;
  map.on('mousemove', ({ point }) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (map.isMoving() || !map.loaded()) return;
      // Only the uppermost: a pointer crosses many areas at once.
      const features = featuresAt(map, point).slice(0, 1);
      setFlag(map, hovered, features.map(toTarget), 'hover');
      hovered = features.map(toTarget);
      map.getCanvas().classList.toggle('is-over-record', features.length > 0);
    });
  });
  map.on('mouseout', () => {
    setFlag(map, hovered, [], 'hover');
    hovered = [];
  });
}
