import { signal } from '@preact/signals';
import type { Geometry } from 'geojson';

/** Drawing on the map: one thing at a time. Positions are longitude, latitude in degrees on WGS 84. */

export type DrawingMode = 'point' | 'line' | 'polygon';

/** What is to be drawn, and who wants to know. */
export interface Drawing {
  readonly mode: DrawingMode;
  /** There at the beginning, and can be changed; of several parts each can. Null: it is drawn from nothing. */
  readonly geometry: Geometry | null;
  /** Of the bar over the map: what is being drawn. */
  readonly title: string;
  /** Hears what is to be seen at the moment, with the vertex that still follows the pointer; null: not yet enough. */
  onChange?(geometry: Geometry | null): void;
  /** What was drawn, of placed vertices only. */
  onDone(geometry: Geometry): void;
  onCancel?(): void;
}

/** How far it is. */
export interface Drawn {
  /** Of placed vertices; null: not yet enough of them. */
  readonly geometry: Geometry | null;
  readonly canUndo: boolean;
  /** Whether its vertices are moved now, rather than placed one after the other. */
  readonly isEditing: boolean;
}
const NOTHING: Drawn = { geometry: null, canUndo: false, isEditing: false };

/** Null while nothing is drawn. */
export const drawing = signal<Drawing | null>(null);
export const drawn = signal<Drawn>(NOTHING);
/** Rises when the last vertex is to be taken back. */
export const undoneVertices = signal(0);

/** Begins; what was being drawn is cancelled. */
export function startDrawing(next: Drawing): void {
  cancelDrawing();
  drawn.value = NOTHING;
  drawing.value = next;
}

/** Ends, and tells nobody. */
export function stopDrawing(): void {
  drawing.value = null;
  drawn.value = NOTHING;
}

/** Ends with what has been placed; goes on while that is not enough. */
export function finishDrawing(): void {
  const { value: current } = drawing;
  const { geometry } = drawn.value;
  if (!current || !geometry) return;
  stopDrawing();
  current.onDone(geometry);
}

export function cancelDrawing(): void {
  const { value: current } = drawing;
  if (!current) return;
  stopDrawing();
  current.onCancel?.();
}

export function undoVertex(): void {
  undoneVertices.value += 1;
}
