import { signal } from '@preact/signals';
import type { Piece } from '../ask/along-path.ts';

/** Lines of the answer that are drawn by chainage beside the map, by the names of their strips. */
export const stripLines = signal<ReadonlyMap<string, readonly Piece[]>>(new Map());

/** Where the reader looks, on a strip or on its line on the map; null: nowhere. */
export const stripCursor = signal<{ readonly strip: string; readonly km: number } | null>(null);
