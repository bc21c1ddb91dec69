import { type StoredView, VIEW_ID } from '../../core/view.ts';
import type { Run } from '../../query/sql.ts';
import { noteOpened, type ViewRow, viewQuery } from '../../query/views.ts';
import { redateView } from './date-view.ts';
import { ViewNotFound } from './errors.ts';
import { readServiceTimes } from './service-times.ts';
import { toView } from './store-view.ts';

/** A view by its id. Whoever reads it has opened it: it is kept the longer for that. @throws ViewNotFound */
export async function readView(run: Run, id: string, signal?: AbortSignal): Promise<StoredView> {
  const [row] = VIEW_ID.test(id) ? await run<ViewRow>(viewQuery(id), signal) : [];
  if (!row) {
    throw new ViewNotFound(
      `No view is stored under "${id.slice(0, 40)}": a link that nobody opens for long is dropped. Ask its sender for the whole address.`,
    );
  }
  await run(noteOpened(id), signal);
  return redateView(toView(row), await readServiceTimes(run, [row]));
}
