import { getCollections } from '../api.ts';
import * as state from '../state.ts';

/** A worker of the server that is behind says the same again for a while; one that stays behind is not pressed. */
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [1_000, 60_000];
let pause = FIRST_PAUSE_MS;

/** The versions that a catalogue names: another text where another is in service. */
export const versionsIn = (collections: typeof state.collections.value): string =>
  collections.map(({ id, azalai }) => `${id}:${azalai.generation}`).join();

let last = Number.NEGATIVE_INFINITY;
let isUnderWay = false;

/** Asks for the catalogue again, since a layer has been published anew. */
export function refreshCatalogue(onDone: () => void): void {
  if (isUnderWay) return;
  isUnderWay = true;
  const ask = async () => {
    last = performance.now();
    pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
    try {
      const before = versionsIn(state.collections.peek());
      state.collections.value = await getCollections();
      if (versionsIn(state.collections.peek()) !== before) pause = FIRST_PAUSE_MS;
    } finally {
      isUnderWay = false;
      onDone();
    }
  };
  setTimeout(() => void ask().catch(() => undefined), Math.max(0, last + pause - performance.now()));
}
