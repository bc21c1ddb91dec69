import { batch, effect, signal } from '@preact/signals';
import { ADDRESS_PARTS } from '../address/parts.ts';
import { collections, timeWindow, visible } from '../state.ts';
import { parseAddress, printAddress } from '../url.ts';
import { isPresenting } from './brief.ts';
import { drawing } from './drawing.ts';
import { History } from './history.ts';
import { isPlaying } from './play.ts';

/**
 * Steps that can be taken back: what the reader sets on the page (the undoable parts of the address), and what the
 * server did at his word (`remember`). Moving the map is looking, not a step; "back" of the browser stays as it is.
 */

/** A change has settled when nothing else has changed for so long, no button is held and the clock stands. */
const SETTLE_MS = 400;

const history = new History();
/** What the buttons say. */
export const undoState = signal(history.state());
/** A step is on its way to the server. */
export const isStepping = signal(false);
/** Why the last step back or forth did not succeed, as the server said it, and the ways to try again or to go without it. */
export const undoProblem = signal<{
  readonly cause: unknown;
  readonly retry: () => void;
  readonly drop: () => void;
} | null>(null);

type Snapshot = ReadonlyMap<string, string | null>;

const shown = () => collections.value.filter(({ id }) => visible.value.has(id)).map(({ id }) => id);

/** Reads signals. */
function snapshot(): Snapshot {
  return new Map<string, string | null>([
    ['layers', shown().join()],
    ['time', printAddress({ window: timeWindow.value })],
    ...ADDRESS_PARTS.filter((part) => part.isUndoable).map((part) => [part.key, part.print() ?? null] as const),
  ]);
}

const differences = (one: Snapshot, other: Snapshot) =>
  [...one.keys()].filter((key) => one.get(key) !== other.get(key));

function restore(keys: readonly string[], to: Snapshot): void {
  batch(() => {
    for (const key of keys) {
      const text = to.get(key) ?? null;
      if (key === 'layers') visible.value = new Set((text ?? '').split(',').filter(Boolean));
      else if (key === 'time') timeWindow.value = parseAddress(text ?? '').window ?? timeWindow.peek();
      else ADDRESS_PARTS.find((part) => part.key === key)?.read(text);
    }
  });
  settled = snapshot();
}

let settled: Snapshot = new Map();
let timer: ReturnType<typeof setTimeout> | undefined;
let isHeld = false;

/** Makes one step of what has changed since the last. */
function settle(): void {
  clearTimeout(timer);
  const [before, after] = [settled, snapshot()];
  const keys = differences(before, after);
  if (keys.length === 0) return;
  settled = after;
  history.push({
    about: keys,
    undo: () => restore(keys, before),
    redo: () => restore(keys, after),
  });
  undoState.value = history.state();
}

function settleSoon(): void {
  clearTimeout(timer);
  // What changes while the server takes a step is a step after that one; a presentation is one step, however long it is.
  const isMoving = () => isHeld || isPlaying.peek() || isStepping.peek() || isPresenting.peek();
  timer = setTimeout(() => (isMoving() ? settleSoon() : settle()), SETTLE_MS);
}

/** A step that the server did. `title` says in the reader's language what it was; both ways throw what the server refuses. */
export function remember(step: {
  readonly title: () => string;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
}): void {
  settle();
  history.push({ about: step.title, undo: step.undo, redo: step.redo });
  undoState.value = history.state();
}

async function go(way: 'undo' | 'redo'): Promise<void> {
  if (isStepping.peek()) return;
  settle();
  const step = history.next(way);
  if (!step) return;
  undoProblem.value = null;
  try {
    const done = step[way]();
    if (done) {
      isStepping.value = true;
      await done;
    }
    history.passed(way, step);
  } catch (cause) {
    undoProblem.value = {
      cause,
      retry: () => void go(way),
      drop: () => {
        history.drop(way, step);
        undoProblem.value = null;
        undoState.value = history.state();
      },
    };
  }
  isStepping.value = false;
  undoState.value = history.state();
}

export const undo = () => go('undo');
export const redo = () => go('redo');

const TEXT_FIELD =
  'textarea, select, [contenteditable], input:not([type=range], [type=checkbox], [type=radio], [type=color])';

function onKey(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const way = key === 'z' ? (event.shiftKey ? 'redo' : 'undo') : key === 'y' && event.ctrlKey ? 'redo' : undefined;
  // What is being written or drawn has steps of its own.
  if (!way || drawing.peek() || (event.target instanceof Element && event.target.closest(TEXT_FIELD))) return;
  event.preventDefault();
  void go(way);
}

/** From now on, once the address has been read: what the page opens with is no step. */
export function keepHistory(): void {
  settled = snapshot();
  const hold = () => {
    isHeld = true;
  };
  const release = () => {
    isHeld = false;
  };
  addEventListener('pointerdown', hold, true);
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, release, true);
  // Of the window; what loses the focus inside of it does not bubble.
  addEventListener('blur', release);
  addEventListener('keydown', onKey);
  effect(() => {
    if (differences(settled, snapshot()).length > 0) settleSoon();
  });
}
