import '../css/drawing.css';
import '../i18n/drawing-texts.ts';
import type { ComponentChildren } from 'preact';
import { t } from '../i18n/text.ts';
import { cancelDrawing, drawing, drawn, finishDrawing, undoVertex } from '../state/drawing.ts';
import { hasMissed, picking, stopPicking } from '../state/picking.ts';

/** What is being drawn, or taken from the map, how, and the ways out of it. */
export function DrawingBar() {
  return picking.value ? <Picking /> : <Drawing />;
}

function Drawing() {
  const current = drawing.value;
  if (!current) return null;
  const { geometry, canUndo, isEditing } = drawn.value;
  const how = isEditing ? 'edit' : geometry && current.mode === 'point' ? 'move' : current.mode;
  return (
    <Bar title={current.title} how={t(`drawing.how.${how}`)} keys={t('drawing.keys')}>
      <button type="button" class="button" disabled={!canUndo} onClick={undoVertex}>
        {t(isEditing ? 'drawing.undo' : 'drawing.undoVertex')}
      </button>
      <button type="button" class="button" onClick={cancelDrawing}>
        {t('drawing.cancel')}
      </button>
      <button type="button" class="button is-main" disabled={!geometry} onClick={finishDrawing}>
        {t('drawing.done')}
      </button>
    </Bar>
  );
}

function Picking() {
  const how = t(hasMissed.value ? 'drawing.pick.missed' : 'drawing.pick.how');
  return (
    <Bar title={picking.value?.title ?? ''} how={how} keys={t('drawing.pick.keys')}>
      <button type="button" class="button" onClick={stopPicking}>
        {t('drawing.cancel')}
      </button>
    </Bar>
  );
}

interface BarProps {
  readonly title: string;
  readonly how: string;
  readonly keys: string;
  readonly children: ComponentChildren;
}

function Bar({ title, how, keys, children }: BarProps) {
  return (
    <section class="drawing-bar" aria-label={t('drawing.label')}>
      <div class="drawing-words">
        <p role="status">
          <strong>{title}</strong> <span>{how}</span>
        </p>
        <p class="quiet drawing-keys">{keys}</p>
      </div>
      <div class="drawing-buttons">{children}</div>
    </section>
  );
}
