import type { StoredView, ViewDraft } from '../../core/view.ts';
import type { Run } from '../../query/sql.ts';
import { clockQuery, dropViews, storeView as storeQuery, type ViewRow, viewQuery } from '../../query/views.ts';
import { dateView, redateView } from './date-view.ts';
import { ViewNotFound } from './errors.ts';
import { hashView } from './hash-view.ts';
import { readServiceTimes } from './service-times.ts';

export interface ViewLimits {
  /** How many views are kept, and how many bytes of them. */
  readonly keep: number;
  readonly maxBytes: number;
}

/** Looking what is to be dropped reads all of them: it is done once for so many that may be too many. */
const dropsEvery = ({ keep }: ViewLimits) => Math.max(1, Math.floor(keep / 1000));

/** Views, and what this process knows of them. */
export interface Views {
  /**
   * Stores what the page shows. The same view twice is one: `isNew` is false then, and it keeps the instant of the first.
   * @throws InvalidParameter for a version that never was; NeverTogether
   */
  store(run: Run, draft: ViewDraft): Promise<{ readonly view: StoredView; readonly isNew: boolean }>;
}

export function openViews(limits: ViewLimits): Views {
  let stored = 0;
  return {
    store: async (run, draft) => {
      const times = await readServiceTimes(run, [draft]);
      const [clock] = await run<{ now: string }>(clockQuery());
      const dated = dateView(draft, { times, now: (clock as { now: string }).now, pointer: '' });
      const { id } = hashView(draft);
      const [row] = await run<ViewRow>(storeQuery({ id, ...dated }));
      if (row) {
        if (++stored % dropsEvery(limits) === 0) await run(dropViews(limits.keep, limits.maxBytes));
        return { view: toView(row), isNew: true };
      }
      const [known] = await run<ViewRow>(viewQuery(id));
      if (!known) throw new ViewNotFound('The view was dropped while it was stored. Store it again.');
      return { view: redateView(toView(known), times), isNew: false };
    },
  };
}

export function toView({ id, hash, address, layers, stored_at }: ViewRow): StoredView {
  return { id, address, layers, storedAt: stored_at, hash };
}
