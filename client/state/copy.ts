import { effect, signal } from '@preact/signals';
import type { CopyFacts } from '../../server/core/offline.ts';
import { t } from '../i18n/text.ts';
import { filters, refusals, refuse } from './filters.ts';

/** What the copy says of itself; null: a server stands behind the page, or it says nothing. */
export const copyFacts = signal<CopyFacts | null>(null);

/** The archive with what a filter leaves of a layer: empty where nothing is left; undefined: the copy has none. */
export const narrowedBy = (layer: string, filter: string): string | undefined =>
  copyFacts.peek()?.narrowed?.[layer]?.[filter];

/** A copy draws what it has tiles of. Another filter is refused: who reads it must not take all records for those it leaves. */
export function refuseUnknownFilters(): void {
  effect(() => {
    for (const [id, filter] of filters.value) {
      const isKnown = narrowedBy(id, filter) !== undefined || refusals.peek().get(id)?.filter === filter;
      if (!isKnown) refuse(id, filter, t('offline.notNarrowed'));
    }
  });
}
