import '../css/watch.css';
import { effect } from '@preact/signals';
import { keptToken } from '../api/kept-token.ts';
import { getDigest } from '../api/watches.ts';
import { digest } from '../state/watches.ts';
import { collections } from '../state.ts';

/** Entries that the page reads. */
export const ENTRIES = 50;
/** After a publication the server asks again what is made of it: not sooner than after some seconds. */
const LATER_MS = 15_000;

let isFollowing = false;

/** Reads the newest entries. @throws ApiError */
export async function readDigest(signal?: AbortSignal): Promise<void> {
  const entries = await getDigest(keptToken.get(), ENTRIES, signal);
  if (!signal?.aborted) digest.value = entries;
}

/** Reads what is new, now and some time after each publication of which the page hears. */
export function followNews(): void {
  if (isFollowing) return;
  isFollowing = true;
  const read = () => {
    // What cannot be read now is read the next time.
    if (keptToken.get() !== '') readDigest().catch(() => undefined);
  };
  read();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isFirst = true;
  effect(() => {
    void collections.value;
    if (!isFirst) {
      clearTimeout(timer);
      timer = setTimeout(read, LATER_MS);
    }
    isFirst = false;
  });
}
