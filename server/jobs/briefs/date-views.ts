import { type BriefDraft, BriefDraftSchema, type BriefView } from '../../core/brief.ts';
import { type Fault, InvalidParameter } from '../../core/errors.ts';
import type { Run } from '../../query/sql.ts';
import { clockQuery } from '../../query/views.ts';
import { dateView } from '../views/date-view.ts';
import { hashView } from '../views/hash-view.ts';
import { readServiceTimes } from '../views/service-times.ts';

/**
 * What is to be stored of a brief: its new views at the instant that belongs to what they show, and those that were read
 * of an earlier version as they were.
 * @throws InvalidParameter for a view that is not what its hash says, of later than now, or of a version that never was;
 *   NeverTogether; ZodError for what `BriefDraftSchema` does not take
 */
export async function datedViews(run: Run, draft: BriefDraft): Promise<BriefView[]> {
  const { views } = BriefDraftSchema.parse(draft);
  const isNew = ({ view }: (typeof views)[number]) => view.storedAt === undefined;
  const times = await readServiceTimes(
    run,
    views.filter(isNew).map(({ view }) => view),
  );
  const [clock] = await run<{ now: string }>(clockQuery());
  const { now } = clock as { now: string };
  const faults: Fault[] = [];
  const dated = views.map(({ title, note, view }, index) => {
    const pointer = `/views/${index}/view`;
    const { address, layers } = view;
    const { hash } = hashView(view);
    if (view.hash !== undefined && view.hash !== hash) {
      const detail = `${pointer}: the hash is that of another view. Leave it out of a view that is new or was changed.`;
      faults.push({ detail, pointer: `${pointer}/hash` });
    }
    if (view.storedAt === undefined) return { title, note, view: dateView(view, { times, now, pointer }) };
    const storedAt = new Date(view.storedAt).toISOString();
    if (storedAt > now) {
      const detail = `${pointer}: ${storedAt} is still to come. Leave storedAt out of a view that is new.`;
      faults.push({ detail, pointer: `${pointer}/storedAt` });
    }
    return { title, note, view: { address, layers, storedAt, hash } };
  });
  if (faults.length > 0) throw new InvalidParameter(faults);
  return dated;
}
