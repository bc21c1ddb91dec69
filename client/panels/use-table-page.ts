import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { getItemPage, type ItemPage } from '../api/item-pages.ts';
import { keepItems } from '../state/selection.ts';
import { tableStart } from '../state/table.ts';
import { isLoading } from '../state.ts';
import { pageLink, pathToStart } from '../table/page-path.ts';

/** One page of a question. */
interface Shown {
  readonly question: string;
  readonly page: ItemPage;
  /** How many rows come before it. */
  readonly start: number;
}

interface TablePage {
  /** Null until the first is there. */
  readonly shown: Shown | null;
  /** Why the page that was asked last could not be had; null: it could. */
  readonly problem: unknown;
  readonly retry: () => void;
  readonly turn: (to: 'first' | 'prev' | 'next') => void;
}

/**
 * The page of a question that begins behind `tableStart`. `wanted`: the address of its first page, as all stands now;
 * `question`: the same, once it has rested.
 */
export function useTablePage(wanted: string, question: ReadonlySignal<string>, rows: number): TablePage {
  const shown = useSignal<Shown | null>(null);
  const problem = useSignal<unknown>(null);
  const attempt = useSignal(0);
  /** Where the links of the page that is shown lead. */
  const turned = useRef<{ question: string; start: number; path: string } | null>(null);
  const asked = useRef(question.value);
  const hasRested = useRef(false);
  // While the page opens, the question follows the map to where the address has it: that is no other question.
  const isSame = wanted === question.value && shown.value?.question === question.value;
  const isOpening = isLoading.value;
  useEffect(() => {
    if (isSame && !isOpening) hasRested.current = true;
  }, [isSame, isOpening]);

  const start = tableStart.value;
  useEffect(() => {
    const now = question.value;
    const isOther = asked.current !== now;
    asked.current = now;
    if (isOther && hasRested.current && tableStart.peek() > 0) {
      tableStart.value = 0;
      return undefined;
    }
    const controller = new AbortController();
    problem.value = null;
    const first = now.replace(/#.*$/, '');
    const known = turned.current?.question === now && turned.current.start === start ? turned.current.path : null;
    const load = async () => {
      const path = start === 0 ? first : (known ?? (await pathToStart(first, start, controller.signal)));
      if (path === null) {
        // There are fewer by now.
        tableStart.value = 0;
        return;
      }
      const page = await getItemPage(path, controller.signal);
      if (controller.signal.aborted) return;
      shown.value = { question: now, page, start };
      keepItems(page.features);
    };
    load().catch((cause: unknown) => {
      if (!controller.signal.aborted) problem.value = cause;
    });
    return () => controller.abort();
  }, [question.value, start, attempt.value]);

  return {
    shown: shown.value,
    problem: problem.value,
    retry: () => {
      attempt.value += 1;
    },
    turn: (to) => {
      const now = shown.value;
      if (!now || to === 'first' || (to === 'prev' && now.start <= rows)) {
        tableStart.value = 0;
        return;
      }
      const path = pageLink(now.page, to);
      if (path === null) return;
      const next = to === 'next' ? now.start + now.page.features.length : now.start - rows;
      turned.current = { question: now.question, start: next, path };
      tableStart.value = next;
    },
  };
}
