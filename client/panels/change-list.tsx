import type { Geometry } from 'geojson';
import type { ChangeKind, FieldChange } from '../../server/core/correction.ts';
import { dayBefore, dayText } from '../i18n/dates.ts';
import { local, t } from '../i18n/text.ts';
import { fieldText, isFilled } from '../reading/field-text.ts';
import { collectionById } from '../state.ts';

/** What differs between two states of a record, field by field: before, after. */
export function ChangeList({
  layer,
  change,
  changes,
}: {
  layer: string;
  change: ChangeKind;
  changes: readonly FieldChange[];
}) {
  const text = (name: string, value: unknown) => valueText(layer, name, value);
  return (
    <dl class="changes">
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{fieldTitle(layer, field)}</dt>
          <dd>
            {change !== 'added' && isFilled(before) && (
              <del>
                <span class="visually-hidden">{t('correct.before')} </span>
                {text(field, before)}
              </del>
            )}{' '}
            {change !== 'withdrawn' && isFilled(after) && (
              <ins>
                <span class="visually-hidden">{t('correct.after')} </span>
                {text(field, after)}
              </ins>
            )}
            {change === 'changed' && !isFilled(after) && <ins>{t('correct.none')}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function fieldOf(layer: string, name: string) {
  return collectionById.value.get(layer)?.azalai.fields.find((field) => field.name === name);
}

function fieldTitle(layer: string, name: string): string {
  if (name === 'geometry') return t('correct.geometry');
  if (name === 'valid_to') return t('correct.lastDay');
  const field = fieldOf(layer, name);
  return field ? local(field.title) : name;
}

function valueText(layer: string, name: string, value: unknown): string {
  if (name === 'geometry') return placeText(value as Geometry);
  if (name === 'valid_to') return dayText(dayBefore(String(value)));
  const field = fieldOf(layer, name);
  return field ? fieldText(field, value) : String(value);
}

/** A point by its numbers, latitude first as people say it; of a shape how many vertices it has, which a history tells of a long one. */
function placeText(geometry: Geometry): string {
  if (geometry.type === 'Point') {
    const [lon = 0, lat = 0] = geometry.coordinates;
    return `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
  }
  const { vertices } = geometry as { vertices?: number };
  const count = vertices ?? (JSON.stringify(geometry).match(/\[-?\d/g) ?? []).length;
  return t('correct.vertices', { count });
}
