import '../css/table.css';
import '../css/layer-more.css';
import '../css/forms.css';
import '../i18n/layer-texts.ts';
import '../i18n/table-texts.ts';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { getItemPage, type Item, type ItemPage, itemsAddress } from '../api/item-pages.ts';
import type { Collection } from '../api.ts';
import { shownBox } from '../ask/shown-box.ts';
import { t } from '../i18n/text.ts';
import { filterOf } from '../state/filters.ts';
import { keepItems, selected, selectedItems } from '../state/selection.ts';
import { isTableOfView, tableColumns, tableSort } from '../state/table.ts';
import { collectionById, timeWindow, view } from '../state.ts';
import { columnsOf, sorted, usualColumns } from '../table/columns.ts';
import { useSettled } from '../table/settled.ts';
import { ProblemWords, problemOf } from './problem-words.tsx';
import { TableFoot } from './table-foot.tsx';
import { TableHead } from './table-head.tsx';
import { TableRows } from './table-rows.tsx';
import { useLinkedSelection } from './table-selection.ts';

/** Rows that are fetched and drawn at a time. */
const PAGE = 50;
const SETTLE_MS = 300;

/** One page of a question, and how to the others. */
interface Shown {
  readonly question: string;
  readonly page: ItemPage;
  /** How many rows come before it. */
  readonly start: number;
}

const pathOf = (page: ItemPage | undefined, rel: string): string | null => {
  const href = page?.links?.find((link) => link.rel === rel)?.href;
  if (href === undefined) return null;
  const { pathname, search } = new URL(href, document.baseURI);
  return `${pathname}${search}`;
};

export function Table({ layer }: { layer: string }) {
  const collection = collectionById.value.get(layer);
  return collection ? <LayerTable collection={collection} /> : null;
}

function LayerTable({ collection }: { collection: Collection }) {
  const { id, azalai } = collection;
  const bbox = isTableOfView.value && view.value ? (shownBox() ?? null) : null;
  const narrowed = { filter: filterOf(id), window: azalai.time === null ? null : timeWindow.value, bbox };
  const wanted = `${itemsAddress(id, { ...narrowed, sortby: tableSort.value, limit: PAGE })}#${azalai.generation}`;
  const question = useSettled(wanted, wanted, SETTLE_MS).value;
  const shown = useSignal<Shown | null>(null);
  const problem = useSignal<unknown>(null);
  const step = useSignal<{ question: string; address: string; start: number } | null>(null);
  const isOfSelection = useSignal(false);
  useLinkedSelection(collection);

  const turned = step.value?.question === question ? step.value : null;
  const address = turned?.address ?? question.replace(/#.*$/, '');
  const attempt = useSignal(0);
  useEffect(() => {
    const controller = new AbortController();
    problem.value = null;
    getItemPage(address, controller.signal).then(
      (page) => {
        if (controller.signal.aborted) return;
        shown.value = { question, page, start: turned?.start ?? 0 };
        keepItems(page.features);
      },
      (cause: unknown) => {
        if (!controller.signal.aborted) problem.value = cause;
      },
    );
    return () => controller.abort();
  }, [address, question, attempt.value]);

  const columns = columnsOf(azalai.fields, azalai.time !== null);
  const names = tableColumns.value ?? usualColumns(columns);
  const page = shown.value?.page;
  const isOfOld = shown.value?.question !== question || wanted !== question;
  const matched = page ? (page.numberMatched ?? null) : undefined;
  const isSelectionShown = isOfSelection.value && selected.value.size > 0;
  const rows: readonly Item[] = isSelectionShown
    ? sorted(selectedItems.value, tableSort.value)
    : (page?.features ?? []);
  const turn = (rel: 'next' | 'prev' | 'first') => {
    const start = shown.value?.start ?? 0;
    const path = rel === 'first' ? null : pathOf(page, rel);
    if (rel === 'first' || (rel === 'prev' && start <= PAGE)) step.value = null;
    else if (path)
      step.value = {
        question,
        address: path,
        start: rel === 'next' ? start + (page?.features.length ?? 0) : start - PAGE,
      };
  };

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
        {problem.value !== null ? (
          <p class="panel-problem" role="alert">
            <ProblemWords problem={problemOf(problem.value)} frame="table.failed" />{' '}
            <button
              type="button"
              class="link-button"
              onClick={() => {
                attempt.value += 1;
              }}
            >
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
        start={isSelectionShown ? 0 : (shown.value?.start ?? 0)}
        rows={rows}
        matched={isSelectionShown ? rows.length : matched}
        hasNext={!isSelectionShown && pathOf(page, 'next') !== null}
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
