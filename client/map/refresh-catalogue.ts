import { getCollections } from '../api.ts';
import * as state from '../state.ts';

/** A worker of the server that is behind says the same again for a while; one that stays behind is not pressed. */
let pause = 1000;
const LONGEST_PAUSE_MS = 60_000;

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
      state.collections.value = await getCollections();
    } finally {
      isUnderWay = false;
      onDone();
    }
  };
  setTimeout(() => void ask().catch(() => undefined), Math.max(0, last + pause - performance.now()));
}
