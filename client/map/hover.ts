import type { Map as MapLibre } from 'maplibre-gl';
import { drawing } from '../state/drawing.ts';
import { featuresAt } from './features-at.ts';
import { setFlag, type Target, toTarget } from './flags.ts';
import { hoverNote } from './hover-note.ts';

/** Whether there is a pointer that can rest: a finger cannot. */
const canHover = matchMedia('(hover: hover)').matches;

/** What lies under the pointer stands out, and is named beside it. */
export function hover(map: MapLibre): void {
  let hovered: Target[] = [];
  let frame = 0;
  const note = hoverNote(map);
  const leave = () => {
    cancelAnimationFrame(frame);
    setFlag(map, hovered, [], 'hover');
    hovered = [];
    note(undefined, { x: 0, y: 0 });
  };
  map.on('mousemove', ({ point }) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (map.isMoving() || !map.loaded()) return;
      // Only the uppermost: a pointer crosses many areas at once.
      const [feature] = featuresAt(map, point);
      const targets = feature ? [toTarget(feature)] : [];
      setFlag(map, hovered, targets, 'hover');
      hovered = targets;
      map.getCanvas().classList.toggle('is-over-record', feature !== undefined);
      if (canHover) note(drawing.peek() ? undefined : feature, point);
    });
  });
  map.on('mouseout', leave);
  map.on('movestart', leave);
  map.on('mousedown', leave);
}
