import { effect } from '@preact/signals';
import type { Map as MapLibre } from 'maplibre-gl';
import { drawnBox, isBoxing } from '../state/selection.ts';

/** Shorter drags are slips of the hand, pixels. */
const LEAST = 4;

/** Map to store: a box that is dragged on the map while the table waits for one. */
export function selectByBox(map: MapLibre): void {
  const canvas = map.getCanvasContainer();
  let start: { x: number; y: number } | null = null;
  const frame = document.createElement('div');
  frame.className = 'selection-box';

  const placeOf = (event: PointerEvent) => {
    const { left, top } = canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const leave = () => {
    start = null;
    frame.remove();
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    // Neither a move of the map nor a click on it.
    event.stopPropagation();
    event.preventDefault();
    start = placeOf(event);
    canvas.setPointerCapture(event.pointerId);
    canvas.append(frame);
    move(event);
  };
  const move = (event: PointerEvent) => {
    if (!start) return;
    const { x, y } = placeOf(event);
    frame.style.left = `${Math.min(x, start.x)}px`;
    frame.style.top = `${Math.min(y, start.y)}px`;
    frame.style.width = `${Math.abs(x - start.x)}px`;
    frame.style.height = `${Math.abs(y - start.y)}px`;
  };
  const up = (event: PointerEvent) => {
    if (!start) return;
    const [from, to] = [start, placeOf(event)];
    leave();
    if (Math.abs(from.x - to.x) < LEAST || Math.abs(from.y - to.y) < LEAST) return;
    const [one, other] = [map.unproject([from.x, from.y]), map.unproject([to.x, to.y])];
    drawnBox.value = [
      Math.min(one.lng, other.lng),
      Math.min(one.lat, other.lat),
      Math.max(one.lng, other.lng),
      Math.max(one.lat, other.lat),
    ];
    isBoxing.value = false;
  };
  const stop = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopImmediatePropagation();
    isBoxing.value = false;
  };
  effect(() => {
    const change = isBoxing.value ? 'addEventListener' : 'removeEventListener';
    canvas.classList.toggle('is-boxing', isBoxing.value);
    canvas[change]('pointerdown', down as EventListener, true);
    canvas[change]('pointermove', move as EventListener);
    canvas[change]('pointerup', up as EventListener);
    canvas[change]('pointercancel', leave);
    // Before the page closes what lies on top.
    window[change]('keydown', stop as EventListener, true);
    if (isBoxing.value) {
      map.dragPan.disable();
      map.boxZoom.disable();
    } else {
      leave();
      map.dragPan.enable();
      map.boxZoom.enable();
    }
  });
}
