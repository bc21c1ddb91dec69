import { computed, signal } from '@preact/signals';
import type { DigestEntry, Rhythm } from '../../server/core/watch.ts';
import { keepSetting, keptSetting } from './kept-setting.ts';

/** How often a brief is made, in the order in which it is offered. */
export const RHYTHMS = ['none', 'weekly', 'monthly'] as const satisfies readonly Rhythm[];

const SETTING = 'watches.seen';

/** When the newest entry was told that the reader has seen, ISO 8601 UTC; empty: none. */
export const seenUntil = signal(keptSetting(SETTING) ?? '');

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
  keepSetting(SETTING, newest);
}
