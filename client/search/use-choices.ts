import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { searchByName } from '../api/search.ts';
import { offlineSince } from '../offline.ts';
import { language, settings } from '../state.ts';
import { type Choice, hitChoice, readingChoice } from './choices.ts';
import { looksLikeMgrs } from './looks-like-mgrs.ts';
import type { Reading } from './position.ts';
import { readPositions } from './read-positions.ts';

/** The server is asked when typing rests for so long. */
const REST_MS = 150;
const MOST = 10;

export interface Choices {
  readonly state: 'idle' | 'searching' | 'ready' | 'failed';
  readonly choices: readonly Choice[];
  /** The text that they were found for: for a moment an earlier one than what is typed. */
  readonly of: string;
}
const IDLE: Choices = { state: 'idle', choices: [], of: '' };

/** Positions on the map's own area first. */
function byArea(readings: readonly Reading[]): readonly Reading[] {
  const [west = -180, south = -90, east = 180, north = 90] = settings.peek()?.bounds ?? [];
  const isInside = ({ lon, lat }: Reading) => lon >= west && lon <= east && lat >= south && lat <= north;
  return readings.toSorted((a, b) => Number(isInside(b)) - Number(isInside(a)));
}

async function squaresIn(text: string): Promise<readonly Reading[]> {
  if (!looksLikeMgrs(text)) return [];
  const { readMgrs } = await import('./read-mgrs.ts');
  const square = readMgrs(text);
  return square ? [square] : [];
}

/** What a text may mean: positions at once, names when the server has answered. What is no longer wanted is given up. */
export function useChoices(text: string): ReadonlySignal<Choices> {
  const found = useSignal<Choices>(IDLE);
  useEffect(() => {
    const typed = text.trim();
    if (typed === '') {
      found.value = IDLE;
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const own = byArea(readPositions(typed)).map(readingChoice);
    const set = (next: Choices) => {
      if (!signal.aborted) found.value = next;
    };
    // What was found before stays until there is something new: a list that blinks cannot be read.
    const before = own.length > 0 ? { choices: own, of: typed } : found.peek();
    set({ ...before, state: 'searching' });
    const ask = async () => {
      const squares = (await squaresIn(typed)).map(readingChoice);
      const read = [...squares, ...own];
      if (read.length > 0 || offlineSince() !== null) return set({ state: 'ready', choices: read, of: typed });
      const { features } = await searchByName(typed, language.peek(), MOST, signal);
      set({ state: 'ready', choices: features.map(hitChoice), of: typed });
    };
    const timer = setTimeout(() => {
      ask().catch(() => set({ state: 'failed', choices: [], of: typed }));
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [text, language.value]);
  return found;
}
