import type { Field } from '../../server/core/layer.ts';
import type { Collection } from '../api.ts';
import { boundsOf } from '../ask/bounds-of.ts';
import { count, local, plural, t } from '../i18n/text.ts';
import { focusBox } from '../state/layers.ts';
import { clearSelection, isBoxing, isCut, selected, selectedItems } from '../state/selection.ts';
import { closeTable, HEIGHTS, isTableOfView, tableColumns, tableHeight } from '../state/table.ts';
import { FilterNote } from './filter-note.tsx';
import { LayerFiles } from './layer-files.tsx';

/** What the table is of, and what can be done with it. */
export function TableHead({
  collection,
  columns,
  shown,
  matched,
  isOfSelection,
  onOfSelection,
}: {
  collection: Collection;
  columns: readonly Field[];
  shown: readonly string[];
  /** Undefined while it is not known, null where nobody counted. */
  matched: number | null | undefined;
  isOfSelection: boolean;
  onOfSelection: (isOf: boolean) => void;
}) {
  const number = selected.value.size;
  return (
    <header class="table-head">
      <h2>{local(collection.azalai.title)}</h2>
      {collection.azalai.nature !== 'documented' && (
        <span class={`tag is-${collection.azalai.nature}`}>{t(`nature.${collection.azalai.nature}`)}</span>
      )}
      <p class="table-count" role="status">
        {matched === undefined ? '' : matched === null ? t('table.uncounted') : plural('table.count', matched)}
        {number > 0 && <strong>{` · ${plural('table.selected', number)}`}</strong>}
      </p>
      <FilterNote collection={collection} />
      <div class="table-tools">
        <button
          type="button"
          class="tool-link"
          aria-pressed={isTableOfView.value}
          onClick={() => {
            isTableOfView.value = !isTableOfView.value;
          }}
        >
          {t('table.inView')}
        </button>
        <button
          type="button"
          class="tool-link"
          aria-pressed={isBoxing.value}
          onClick={() => {
            isBoxing.value = !isBoxing.value;
          }}
        >
          {t('table.box')}
        </button>
        {number > 0 && (
          <>
            <button
              type="button"
              class="tool-link"
              aria-pressed={isOfSelection}
              onClick={() => onOfSelection(!isOfSelection)}
            >
              {t('table.onlySelected')}
            </button>
            <button
              type="button"
              class="tool-link"
              onClick={() => {
                focusBox.value = boundsOf(selectedItems.value as never);
              }}
            >
              {t('table.zoom')}
            </button>
            <button
              type="button"
              class="tool-link"
              onClick={() => {
                clearSelection();
                onOfSelection(false);
              }}
            >
              {t('table.clear')}
            </button>
          </>
        )}
        <ColumnChoice columns={columns} shown={shown} />
        <div class="table-download">
          <LayerFiles collection={collection} />
        </div>
        <fieldset class="table-heights" aria-label={t('table.height')}>
          {HEIGHTS.map((height, index) => (
            <button
              key={height}
              type="button"
              aria-pressed={tableHeight.value === height}
              aria-label={t(`table.${height}`)}
              title={t(`table.${height}`)}
              onClick={() => {
                tableHeight.value = height;
              }}
            >
              <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                <rect x="2" y="2" width="12" height="12" rx="2" fill="none" stroke="currentColor" stroke-width="1.25" />
                <rect x="2" y={[10, 7, 4][index]} width="12" height={[4, 7, 10][index]} rx="1.5" fill="currentColor" />
              </svg>
            </button>
          ))}
        </fieldset>
      </div>
      <button type="button" class="icon-button table-close" aria-label={t('table.close')} onClick={closeTable}>
        ×
      </button>
      {isCut.value && (
        <p class="table-hint" role="status">
          {t('table.tooMany', { count: count(number) })}
        </p>
      )}
      {isBoxing.value && (
        <p class="table-hint" role="status">
          {t('table.boxHint')}
        </p>
      )}
    </header>
  );
}

function ColumnChoice({ columns, shown }: { columns: readonly Field[]; shown: readonly string[] }) {
  return (
    <details class="table-columns">
      <summary class="tool-link">{t('table.columns')}</summary>
      <div class="table-menu">
        <ul>
          {columns.map(({ name, title }) => (
            <li key={name}>
              <label class="form-check">
                <input
                  type="checkbox"
                  checked={shown.includes(name)}
                  onChange={({ currentTarget }) => {
                    const wanted = (other: string) => (other === name ? currentTarget.checked : shown.includes(other));
                    tableColumns.value = columns.flatMap((column) => (wanted(column.name) ? [column.name] : []));
                  }}
                />
                <span>{local(title)}</span>
              </label>
            </li>
          ))}
        </ul>
        {tableColumns.value !== null && (
          <button
            type="button"
            class="link-button"
            onClick={() => {
              tableColumns.value = null;
            }}
          >
            {t('table.usual')}
          </button>
        )}
      </div>
    </details>
  );
}
