import type { Field } from '../../server/core/layer.ts';
import type { Item } from '../api/item-pages.ts';
import type { Collection } from '../api.ts';
import { boundsOf } from '../ask/bounds-of.ts';
import { local, type TextKey, t } from '../i18n/text.ts';
import { fieldText, isFilled } from '../reading/field-text.ts';
import { headingOf, localText } from '../reading/record-heading.ts';
import { focusBox } from '../state/layers.ts';
import { hoveredItem, selected, toggleSelected } from '../state/selection.ts';
import { tableSort } from '../state/table.ts';
import { isNumeric, isSortable } from '../table/columns.ts';
import { sortBy } from './sort-by.ts';

/** The rows of a page: each record's own doubts first, then its fields. */
export function TableRows({
  collection,
  columns,
  rows,
  isOld,
}: {
  collection: Collection;
  columns: readonly Field[];
  rows: readonly Item[];
  /** Of another question than the one that is asked now. */
  isOld: boolean;
}) {
  const ids = rows.map(({ id }) => id);
  const isAll = ids.length > 0 && ids.every((id) => selected.value.has(id));
  return (
    <table class={isOld ? 'is-old' : undefined} aria-busy={isOld}>
      <thead>
        <tr>
          <th class="is-check" scope="col">
            <input
              type="checkbox"
              aria-label={t('table.selectPage')}
              checked={isAll}
              onChange={({ currentTarget }) => toggleSelected(ids, currentTarget.checked)}
            />
          </th>
          <ColumnHead field={collection.azalai.fields.find(({ name }) => name === 'confidence')} />
          {columns.map((field) => (
            <ColumnHead key={field.name} field={field} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((item) => (
          <Row key={item.id} {...{ collection, columns, item }} />
        ))}
      </tbody>
    </table>
  );
}

function ColumnHead({ field }: { field: Field | undefined }) {
  if (!field) return <th scope="col">{t('table.status')}</th>;
  const sort = tableSort.value;
  const order = sort === field.name ? 'ascending' : sort === `-${field.name}` ? 'descending' : 'none';
  const title = local(field.title);
  return (
    <th scope="col" class={isNumeric(field) ? 'is-number' : undefined} aria-sort={order}>
      {isSortable(field) ? (
        <button
          type="button"
          class="table-sort"
          title={t('table.sort', { field: title })}
          onClick={() => sortBy(field.name)}
        >
          <span>{title}</span>
          <span aria-hidden="true">{order === 'ascending' ? '↑' : order === 'descending' ? '↓' : ''}</span>
        </button>
      ) : (
        title
      )}
    </th>
  );
}

function Row({ collection, columns, item }: { collection: Collection; columns: readonly Field[]; item: Item }) {
  const { properties, id } = item;
  const heading = headingOf(collection, properties);
  const isOn = selected.value.has(id);
  const confidence = String(properties.confidence ?? '');
  const box = boundsOf([item as never]);
  return (
    <tr
      class={`${isOn ? 'is-selected' : ''}${confidence === '' ? '' : ` is-${confidence}`}`}
      data-record={id}
      onMouseEnter={() => {
        hoveredItem.value = item;
      }}
      onMouseLeave={() => {
        hoveredItem.value = null;
      }}
    >
      <td class="is-check">
        <input
          type="checkbox"
          aria-label={t('table.selectRow', { row: heading })}
          checked={isOn}
          onChange={({ currentTarget }) => toggleSelected([id], currentTarget.checked)}
        />
      </td>
      <td class="is-status">
        {box && (
          <button
            type="button"
            class="table-zoom"
            aria-label={t('table.zoomRow', { row: heading })}
            title={t('table.zoomRow', { row: heading })}
            onClick={() => {
              focusBox.value = box;
            }}
          >
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor">
              <circle cx="8" cy="8" r="4" stroke-width="1.4" />
              <path d="M8 1v4M8 11v4M1 8h4M11 8h4" stroke-width="1.4" />
            </svg>
          </button>
        )}
        {confidence !== '' && <span class={`tag is-${confidence}`}>{t(`nature.${confidence}` as TextKey)}</span>}
        {typeof properties.handling === 'string' && properties.handling !== 'public' && (
          <span class="tag is-withheld">{t('table.withheld')}</span>
        )}
      </td>
      {columns.map((field) => (
        <td key={field.name} class={isNumeric(field) ? 'is-number' : field.type === 'date' ? 'is-date' : undefined}>
          <div class="table-cell">{cellText(field, properties)}</div>
        </td>
      ))}
    </tr>
  );
}

/** Empty where nothing is known: that is not zero. */
function cellText(field: Field, properties: Item['properties']): string {
  const value = properties[field.name];
  if (field.type === 'string' && !field.values) return localText(properties, field.name) ?? '';
  return isFilled(value) ? fieldText(field, value) : '';
}
