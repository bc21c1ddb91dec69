import { batch } from '@preact/signals';
import { problemOf } from '../api/problem-of.ts';
import { renewMap } from '../map/start.ts';
import { focusBox } from '../state/layers.ts';
import { problem } from '../state/upload.ts';
import { closeUpload, collectionById, timeWindow, uploadId, visible } from '../state.ts';
import type { TimeWindow } from '../url.ts';

/**
 * Draws the map with a version that was just published and goes to its records. All else stays as the reader has it; the
 * window opens to all dates only where none of the records would be in it.
 */
export async function showPublished(
  { collection: id, generation }: { readonly collection: string; readonly generation: number },
  bbox: readonly number[] | null,
): Promise<void> {
  const open = uploadId.peek();
  try {
    await renewMap({ layer: id, generation });
  } catch (cause) {
    problem.value = problemOf(cause);
    return;
  }
  // Whoever has gone on meanwhile is left where he is.
  if (uploadId.peek() !== open) return;
  const layer = collectionById.peek().get(id);
  const [span] = layer?.extent?.temporal?.interval ?? [];
  batch(() => {
    if (!visible.peek().has(id)) visible.value = new Set([...visible.peek(), id]);
    if (span && !meets(span, timeWindow.peek())) timeWindow.value = { from: null, to: null };
    closeUpload();
  });
  // The panel takes its room with it: what is free is measured once it is gone.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = bbox ?? [];
  if ([west, south, east, north].every(Number.isFinite))
    focusBox.value = [west, south, east, north, layer?.azalai.style.minzoom ?? 0];
}

/** Days of the window and instants of records: the first ten characters of both are a day. */
function meets([from, to]: readonly [string | null, string | null], window: TimeWindow): boolean {
  const isBefore = (end: string | null, start: string | null) =>
    end !== null && start !== null && end.slice(0, 10) < start.slice(0, 10);
  return !isBefore(to, window.from) && !isBefore(window.to, from);
}
