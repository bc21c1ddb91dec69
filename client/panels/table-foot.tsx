import type { Item } from '../api/item-pages.ts';
import { count, t } from '../i18n/text.ts';

/** Where in all the rows the page is, and the ways to the others. */
export function TableFoot({
  start,
  rows,
  matched,
  hasNext,
  onTurn,
}: {
  start: number;
  rows: readonly Item[];
  matched: number | null | undefined;
  hasNext: boolean;
  onTurn: (to: 'first' | 'prev' | 'next') => void;
}) {
  if (rows.length === 0) return null;
  const [from, to] = [count(start + 1), count(start + rows.length)];
  const hasModelled = rows.some(({ properties }) => properties.confidence === 'modelled');
  return (
    <footer class="table-foot">
      <p role="status">
        {typeof matched === 'number'
          ? t('table.rows', { from, to, all: count(matched) })
          : t('table.someRows', { from, to })}
      </p>
      {hasModelled && <p class="quiet">{t('table.modelledRows')}</p>}
      <div class="table-pages">
        <button
          type="button"
          class="button"
          disabled={start === 0}
          aria-label={t('table.first')}
          onClick={() => onTurn('first')}
        >
          «
        </button>
        <button
          type="button"
          class="button"
          disabled={start === 0}
          aria-label={t('table.previous')}
          onClick={() => onTurn('prev')}
        >
          ‹
        </button>
        <button
          type="button"
          class="button"
          disabled={!hasNext}
          aria-label={t('table.next')}
          onClick={() => onTurn('next')}
        >
          ›
        </button>
      </div>
    </footer>
  );
}
