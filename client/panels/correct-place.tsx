import type { Geometry, Position } from 'geojson';
import { useId } from 'preact/hooks';
import { plural, t } from '../i18n/text.ts';
import * as store from '../state/correct-form.ts';
import { startDrawing } from '../state/drawing.ts';
import { collectionById } from '../state.ts';
import { FieldProblem } from './correct-field.tsx';

/** Where the record is: by the map, and of a point by its numbers too. */
export function CorrectPlace({ layer }: { layer: string }) {
  const mode = collectionById.value.get(layer)?.azalai.geometry ?? 'point';
  const geometry = store.geometry.value;
  const before = store.original.value?.geometry ?? null;
  const isMoved = before !== null && JSON.stringify(before) !== JSON.stringify(geometry);
  const draw = (from: Geometry | null) => {
    const title = t(`correct.${from ? 'move' : 'place'}.${mode}`);
    startDrawing({ mode, geometry: from, title, onDone: store.setGeometry });
  };
  return (
    <section class="panel-part">
      <h3>{t('correct.where')}</h3>
      {mode === 'point' ? <Numbers /> : <p class="quiet">{shapeText(geometry)}</p>}
      <FieldProblem pointer="/geometry" />
      <div class="panel-buttons">
        <button type="button" class="button" onClick={() => draw(geometry)}>
          {t(`correct.${geometry ? 'move' : 'place'}.${mode}`)}
        </button>
        {geometry && mode !== 'point' && (
          <button type="button" class="button" onClick={() => draw(null)}>
            {t('correct.again')}
          </button>
        )}
        {isMoved && (
          <button type="button" class="link-button" onClick={() => store.setGeometry(before)}>
            {t('correct.putBack')}
          </button>
        )}
      </div>
    </section>
  );
}

function verticesOf(coordinates: unknown): number {
  if (!Array.isArray(coordinates)) return 0;
  if (typeof coordinates[0] === 'number') return 1;
  return coordinates.reduce((sum: number, part) => sum + verticesOf(part), 0);
}

function shapeText(geometry: Geometry | null): string {
  if (!geometry || geometry.type === 'GeometryCollection') return t('correct.nowhere');
  return plural('correct.vertices', verticesOf(geometry.coordinates));
}

function Numbers() {
  const geometry = store.geometry.value;
  const [lon, lat]: Position = geometry?.type === 'Point' ? geometry.coordinates : [];
  const set = (next: readonly [number | undefined, number | undefined]) => {
    const [x = Number.NaN, y = Number.NaN] = next;
    if (Number.isFinite(x) && Number.isFinite(y)) store.setGeometry({ type: 'Point', coordinates: [x, y] });
  };
  return (
    <div class="form-grid">
      <Degrees label={t('correct.latitude')} value={lat} onSet={(y) => set([lon ?? 0, y])} />
      <Degrees label={t('correct.longitude')} value={lon} onSet={(x) => set([x, lat ?? 0])} />
    </div>
  );
}

function Degrees({
  label,
  value,
  onSet,
}: {
  label: string;
  value: number | undefined;
  onSet: (value: number) => void;
}) {
  const id = useId();
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        value={value ?? ''}
        onChange={({ currentTarget }) => {
          const text = currentTarget.value.trim().replace(',', '.');
          if (text !== '') onSet(Number(text));
        }}
      />
    </div>
  );
}
