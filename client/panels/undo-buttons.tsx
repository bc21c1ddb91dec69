import { type TextKey, t } from '../i18n/text.ts';
import type { Step } from '../state/history.ts';
import { isStepping, redo, undo, undoState } from '../state/undo.ts';

/** Takes the last step back, and does it again. */
export function UndoButtons() {
  const { undo: last, redo: next } = undoState.value;
  return (
    <>
      <StepButton name="undo" step={last} go={undo} path="M7.5 4L3.5 8l4 4M4 8h7.5a4 4 0 0 1 0 8H8" />
      <StepButton name="redo" step={next} go={redo} path="M12.5 4l4 4-4 4M16 8H8.5a4 4 0 0 0 0 8H12" />
    </>
  );
}

function StepButton({
  name,
  step,
  go,
  path,
}: {
  name: 'undo' | 'redo';
  step: Step | null;
  go: () => Promise<void>;
  path: string;
}) {
  const label = step ? t(`undo.${name}Of`, { step: stepText(step) }) : t(`undo.${name}`);
  return (
    <button
      type="button"
      class="tool"
      aria-label={label}
      title={label}
      // It keeps the focus when there is nothing left to take back.
      aria-disabled={step === null || isStepping.value}
      onClick={() => void go()}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}

/** Parts of the address as the reader calls them. */
const PARTS: Readonly<Record<string, TextKey>> = {
  layers: 'undo.layers',
  time: 'undo.time',
  clock: 'undo.clock',
  off: 'undo.classes',
  filter: 'undo.filters',
  opacity: 'undo.opacity',
  order: 'undo.order',
  ruler: 'undo.measure',
  grid: 'undo.grid',
  compare: 'undo.compare',
  inputs: 'undo.question',
};

function stepText({ about }: Step): string {
  if (typeof about === 'function') return about();
  const names = about.map((key) => t(PARTS[key] ?? 'undo.other'));
  return [...new Set(names)].join(', ');
}
