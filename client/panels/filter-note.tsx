import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { countItems } from '../api/item-pages.ts';
import { asOf } from '../api/known-at.ts';
import { ApiError, type Collection } from '../api.ts';
import { count, local, t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { filters, refusals, refuse, setFilter } from '../state/filters.ts';
import { ProblemWords } from './problem-words.tsx';

/** Says in the layer's row that not all of it is shown, how much is, and takes the filter away at a click. */
export function FilterNote({ collection: { id, azalai } }: { collection: Collection }) {
  const filter = filters.value.get(id);
  const matched = useSignal<number | null>(null);
  useEffect(() => {
    matched.value = null;
    if (filter === undefined || offlineSince() !== null) return;
    const controller = new AbortController();
    countItems(id, filter, null, controller.signal).then(
      (number) => {
        matched.value = number;
      },
      (cause: unknown) => {
        if (cause instanceof ApiError && cause.status === 400) refuse(id, filter, cause.message);
      },
    );
    return () => controller.abort();
  }, [id, filter, azalai.generation, asOf.value]);
  if (filter === undefined) return null;
  const refusal = refusals.value.get(id);
  const isRefused = refusal?.filter === filter;
  return (
    <p class={`filter-note${isRefused ? ' is-refused' : ''}`} role={isRefused ? 'alert' : 'status'} title={filter}>
      <span>
        {isRefused ? (
          <ProblemWords problem={{ status: 400, detail: refusal.detail }} frame="filter.refused" />
        ) : matched.value === null ? (
          t('filter.on')
        ) : (
          t('filter.matched', { matched: count(matched.value), count: count(azalai.count) })
        )}
      </span>
      <button
        type="button"
        class="link-button"
        aria-label={t('filter.removeOf', { layer: local(azalai.title) })}
        onClick={() => setFilter(id, null)}
      >
        {t('filter.remove')}
      </button>
    </p>
  );
}
