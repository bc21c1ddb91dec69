import '../css/table.css';
import '../css/layer-more.css';
import '../css/forms.css';
import '../i18n/layer-texts.ts';
import '../i18n/table-texts.ts';
import { useSignal } from '@preact/signals';
import { type Item, itemsAddress } from '../api/item-pages.ts';
import { problemOf } from '../api/problem-of.ts';
import type { Collection } from '../api.ts';
import { shownBox } from '../ask/shown-box.ts';
import { t } from '../i18n/text.ts';
import { filterOf } from '../state/filters.ts';
import { selected, selectedItems } from '../state/selection.ts';
import { isTableOfView, tableColumns, tableSort, tableStart } from '../state/table.ts';
import { collectionById, timeWindow, view } from '../state.ts';
import { columnsOf, sorted, usualColumns } from '../table/columns.ts';
import { pageLink } from '../table/page-path.ts';
import { useSettled } from '../table/settled.ts';
import { ProblemWords } from './problem-words.tsx';
import { TableFoot } from './table-foot.tsx';
import { TableHead } from './table-head.tsx';
import { TableRows } from './table-rows.tsx';
import { useLinkedSelection } from './table-selection.ts';
import { useTablePage } from './use-table-page.ts';

/** Rows that are fetched and drawn at a time. */
const PAGE = 50;
const SETTLE_MS = 300;

export function Table({ layer }: { layer: string }) {
  const collection = collectionById.value.get(layer);
  return collection ? <LayerTable collection={collection} /> : null;
}

function LayerTable({ collection }: { collection: Collection }) {
  const { id, azalai } = collection;
  const bbox = isTableOfView.value && view.value ? (shownBox() ?? null) : null;
  const narrowed = { filter: filterOf(id), window: azalai.time === null ? null : timeWindow.value, bbox };
  const wanted = `${itemsAddress(id, { ...narrowed, sortby: tableSort.value, limit: PAGE })}#${azalai.generation}`;
  const question = useSettled(wanted, wanted, SETTLE_MS);
  const { shown, problem, retry, turn } = useTablePage(wanted, question, PAGE);
  const isOfSelection = useSignal(false);
  useLinkedSelection(collection);

  const columns = columnsOf(azalai.fields, azalai.time !== null);
  const names = tableColumns.value ?? usualColumns(columns);
  const page = shown?.page;
  const isOfOld = shown?.question !== question.value || wanted !== question.value || shown.start !== tableStart.value;
  const matched = page ? (page.numberMatched ?? null) : undefined;
  const isSelectionShown = isOfSelection.value && selected.value.size > 0;
  const rows: readonly Item[] = isSelectionShown
    ? sorted(selectedItems.value, tableSort.value)
    : (page?.features ?? []);
  return (
    <>
      <TableHead
        {...{ collection, columns, matched }}
        shown={names}
        isOfSelection={isSelectionShown}
        onOfSelection={(isOf) => {
          isOfSelection.value = isOf;
        }}
      />
      <div class="table-body">
        {problem !== null ? (
          <p class="panel-problem" role="alert">
            <ProblemWords problem={problemOf(problem)} frame="table.failed" />{' '}
            <button type="button" class="link-button" onClick={retry}>
              {t('app.retry')}
            </button>
          </p>
        ) : page === undefined ? (
          <p class="table-empty">{t('table.loading')}</p>
        ) : rows.length === 0 && !isOfOld ? (
          <p class="table-empty">{t(emptyText(narrowed))}</p>
        ) : (
          <TableRows
            {...{ collection, rows }}
            columns={names.flatMap((name) => columns.find((column) => column.name === name) ?? [])}
            isOld={isOfOld && !isSelectionShown}
          />
        )}
      </div>
      <TableFoot
        start={isSelectionShown ? 0 : (shown?.start ?? 0)}
        rows={rows}
        matched={isSelectionShown ? rows.length : matched}
        hasNext={!isSelectionShown && pageLink(page, 'next') !== null}
        onTurn={turn}
      />
    </>
  );
}

/** Why there is no row, the narrowest reason first. */
function emptyText({ filter, window, bbox }: { filter: string | null; window: unknown; bbox: unknown }) {
  if (bbox !== null) return 'table.emptyView';
  if (filter !== null) return 'table.emptyFilter';
  return window !== null ? 'table.emptyWindow' : 'table.empty';
}
