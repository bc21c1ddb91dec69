import { signal } from '@preact/signals';
import type { Brief } from '../../server/core/brief.ts';

/** The brief that is open, as the server has it; null until it has come. */
export const brief = signal<Brief | null>(null);
/** The place of the view that is shown, from 1 on; null: of none. */
export const briefAt = signal<number | null>(null);
/** The brief fills the page. */
export const isPresenting = signal(false);

/** The view at a place, the nearest that there is; undefined: the brief has none. */
export function viewAt({ views }: Pick<Brief, 'views'>, at: number): Brief['views'][number] | undefined {
  return views[placeIn(views, at) - 1];
}

/** A place, from 1 on, within so many. */
export const placeIn = (views: readonly unknown[], at: number): number => Math.max(1, Math.min(views.length, at));
