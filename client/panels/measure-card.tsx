import '../i18n/measure-texts.ts';
import type { Geometry, Position } from 'geojson';
import { useEffect } from 'preact/hooks';
import { plural, t } from '../i18n/text.ts';
import { areaOf, legsOf } from '../measure/geodesic.ts';
import { areaText, lengthText } from '../measure/print.ts';
import { cancelDrawing, type Drawing, drawing, startDrawing, stopDrawing } from '../state/drawing.ts';
import { isMeasuring, type Measured, measured, measures } from '../state/measure.ts';
import { language } from '../state.ts';
import { CopyButton } from './copy-button.tsx';

function positionsOf(geometry: Geometry | null): readonly Position[] {
  if (geometry?.type === 'LineString') return apart(geometry.coordinates);
  // The last of a ring is its first again.
  return geometry?.type === 'Polygon' ? apart((geometry.coordinates[0] ?? []).slice(0, -1)) : [];
}

/** Without the vertex that follows the pointer while it rests on the last one. */
const apart = (positions: readonly Position[]): readonly Position[] =>
  positions.filter((position, index) => index === 0 || position.join() !== positions[index - 1]?.join());

function toGeometry({ kind, positions }: Measured): Geometry {
  const copy = positions.map((position) => [...position]);
  if (kind === 'way') return { type: 'LineString', coordinates: copy };
  return { type: 'Polygon', coordinates: [[...copy, copy[0] as Position]] };
}

/** What this card has had drawn last. */
let ours: Drawing | null = null;

/** Has a way or an outline drawn, and measures it meanwhile. What was measured before stays if the reader gives up. */
function draw(kind: Measured['kind'], geometry: Geometry | null): void {
  // A drawing that this one replaces gives back what was measured before it.
  cancelOurs();
  const before = measured.peek();
  if (!geometry) measured.value = null;
  const set = (drawn: Geometry | null) => {
    measured.value = { kind, positions: positionsOf(drawn) };
  };
  ours = {
    mode: kind === 'way' ? 'line' : 'polygon',
    geometry,
    title: t(kind === 'way' ? 'measure.drawWay' : 'measure.drawArea'),
    onChange: set,
    onDone: set,
    onCancel: () => {
      measured.value = before;
    },
  };
  startDrawing(ours);
}

const isOurs = () => ours !== null && drawing.peek() === ours;

function cancelOurs(): void {
  if (isOurs()) cancelDrawing();
}

/** Length leg by leg, or area and perimeter, of what is drawn on the map. */
export function MeasureCard() {
  const { value: now } = measured;
  const count = now?.positions.length ?? 0;
  useEffect(() => {
    if (!now || now.positions.length < 2) {
      measures.value = null;
      return;
    }
    const isArea = now.kind === 'area' && now.positions.length > 2;
    const closed = isArea ? [...now.positions, now.positions[0] as Position] : now.positions;
    measures.value = { of: now, legs: legsOf(closed), area: isArea ? areaOf(now.positions) : null };
  }, [now]);
  useEffect(() => {
    // A way is what most want to know.
    if (!measured.peek() && !drawing.peek()) draw('way', null);
    return () => {
      if (isOurs()) stopDrawing();
      measured.value = null;
      measures.value = null;
    };
  }, []);

  const close = () => {
    isMeasuring.value = false;
  };
  return (
    <section class="measure" aria-label={t('measure.title')}>
      <div class="measure-head">
        {(['way', 'area'] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            class="button"
            aria-pressed={now?.kind === kind}
            onClick={() => draw(kind, null)}
          >
            {t(`measure.${kind}`)}
          </button>
        ))}
        <button type="button" class="icon-button" aria-label={t('measure.close')} onClick={close}>
          ×
        </button>
      </div>
      {count < 2 ? <p class="quiet">{t('measure.how')}</p> : <Result />}
      {now && count >= 2 && !drawing.value && (
        <div class="panel-buttons">
          <button type="button" class="button" onClick={() => draw(now.kind, toGeometry(now))}>
            {t('measure.change')}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              measured.value = null;
            }}
          >
            {t('measure.clear')}
          </button>
        </div>
      )}
    </section>
  );
}

function Result() {
  const found = measures.value;
  if (!found) return null;
  const length = (metres: number) => lengthText(metres, language.value);
  const total = length(found.legs.reduce((sum, leg) => sum + leg, 0));
  const area = found.area === null ? null : areaText(found.area, language.value);
  return (
    <>
      <dl class="measure-result">
        {area !== null && (
          <div>
            <dt>{t('measure.inside')}</dt>
            <dd>
              <CopyButton text={area} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t(area === null ? 'measure.total' : 'measure.around')}</dt>
          <dd>
            <CopyButton text={total} />
          </dd>
        </div>
      </dl>
      {found.legs.length > 1 && (
        <details>
          <summary>{plural('measure.legs', found.legs.length)}</summary>
          <ol class="measure-legs">
            {found.legs.map((leg, index) => (
              <li key={index}>
                <span>{t('measure.leg', { number: index + 1 })}</span>
                <span>{length(leg)}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}
