import { effect } from '@preact/signals';
import type { Geometry } from 'geojson';
import type { Map as MapLibre } from 'maplibre-gl';
import {
  cancelDrawing,
  type Drawing,
  drawing,
  drawn,
  finishDrawing,
  undoneVertices,
  undoVertex,
} from '../state/drawing.ts';
import type { DrawingSession } from './drawing-session.ts';
import { lendFocus } from './lend-focus.ts';

const TYPED = 'input, textarea, select, [contenteditable]';

/** Store to map: what is drawn. Map to store: how far it is. While it lasts a click on the map asks about no place. */
export function draw(map: MapLibre): void {
  let session: DrawingSession | null = null;
  let seen: Geometry | null = null;
  let frame = 0;
  let giveBack: (() => void) | null = null;

  const tell = (current: Drawing, geometry: Geometry | null, placed: Geometry | null) => {
    seen = geometry;
    cancelAnimationFrame(frame);
    // Pointers move more often than anybody looks.
    frame = requestAnimationFrame(() => {
      if (!session || drawing.peek() !== current) return;
      drawn.value = { geometry: placed, canUndo: session.canUndo, isEditing: session.isEditing };
      current.onChange?.(seen);
    });
  };
  const begin = async (current: Drawing, start: Geometry | null) => {
    let Session: typeof DrawingSession;
    try {
      ({ DrawingSession: Session } = await import('./drawing-session.ts'));
    } catch {
      // Its script could not be fetched: nothing can be drawn now.
      return cancelDrawing();
    }
    if (drawing.peek() !== current) return;
    session?.stop();
    session = new Session(map, current, start, (geometry, placed) => tell(current, geometry, placed));
    drawn.value = { geometry: start, canUndo: session.canUndo, isEditing: session.isEditing };
    map.getContainer().classList.add('is-drawing');
  };
  const end = () => {
    cancelAnimationFrame(frame);
    session?.stop();
    session = null;
    map.getContainer().classList.remove('is-drawing');
    giveBack?.();
    giveBack = null;
  };

  const middle = (isPlaced: boolean) => {
    const { clientWidth, clientHeight } = map.getCanvas();
    session?.point(clientWidth / 2, clientHeight / 2, isPlaced);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!drawing.peek()) return;
    const isMap = event.target === map.getCanvas();
    const isTyped = event.target instanceof Element && event.target.matches(TYPED);
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    if (event.key === 'Escape') cancelDrawing();
    else if (isUndo && !isTyped) undoVertex();
    else if (isMap && event.key === 'Backspace') undoVertex();
    else if (isMap && event.key === ' ') middle(true);
    else if (isMap && event.key === 'Enter') finishDrawing();
    else return;
    event.preventDefault();
    // Neither the map nor the page take these keys for theirs.
    event.stopImmediatePropagation();
  };
  addEventListener('keydown', onKey, { capture: true });
  for (const type of ['click', 'dblclick']) {
    const hide = (event: Event) => {
      if (drawing.peek() && event.target === map.getCanvas()) event.stopPropagation();
    };
    map.getContainer().addEventListener(type, hide, { capture: true });
  }
  // The vertex that is not placed yet goes with the middle when the map is moved by keys.
  map.on('moveend', ({ originalEvent }) => {
    if (originalEvent instanceof KeyboardEvent && session && !session.isEditing) middle(false);
  });
  map.on('styledata', () => {
    const current = drawing.peek();
    if (session && current && !session.isShown) void begin(current, drawn.peek().geometry);
  });

  effect(() => {
    const current = drawing.value;
    end();
    if (!current) return;
    seen = current.geometry;
    giveBack = lendFocus(map);
    void begin(current, current.geometry);
  });
  effect(() => {
    if (undoneVertices.value > 0) session?.undo();
  });
}
