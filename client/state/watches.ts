import { computed, signal } from '@preact/signals';
import type { DigestEntry, Rhythm } from '../../server/core/watch.ts';

/** How often a brief is made, in the order in which it is offered. */
export const RHYTHMS = ['none', 'weekly', 'monthly'] as const satisfies readonly Rhythm[];

const SEEN = 'azalai.watches.seen';

function storedSeen(): string {
  try {
    return localStorage.getItem(SEEN) ?? '';
  } catch {
    return '';
  }
}

/** When the newest entry was told that the reader has seen, ISO 8601 UTC; empty: none. */
export const seenUntil = signal(storedSeen());

/** The newest entries of the digest, as far as the page knows them. */
export const digest = signal<readonly DigestEntry[]>([]);

/** That a question is watched from now on is no news to whoever watches it. */
export const isNews = ({ at, kind }: Pick<DigestEntry, 'at' | 'kind'>, seen: string): boolean =>
  kind !== 'begun' && at > seen;

export const unread = computed(() => digest.value.filter((entry) => isNews(entry, seenUntil.value)).length);

/** All that is known has been seen, also when the page is opened again. */
export function markSeen(): void {
  const newest = digest.peek()[0]?.at ?? '';
  if (newest <= seenUntil.peek()) return;
  seenUntil.value = newest;
  try {
    localStorage.setItem(SEEN, newest);
  } catch {
    // It is known as long as the page is.
  }
}
