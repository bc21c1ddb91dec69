import { InvalidParameter } from '../../core/errors.ts';
import type { HashedView, ViewDraft } from '../../core/view.ts';
import { instantTogether } from '../../core/view-instant.ts';
import { NeverTogether } from './errors.ts';
import { hashView } from './hash-view.ts';
import type { ServiceTimes } from './service-times.ts';

/**
 * A view with the instant at which it showed what it shows: now, or where one of its versions is in service no more (the
 * page had not heard of the next one yet) just before that was published. `pointer` leads to the view in the body of the
 * request.
 * @throws InvalidParameter for a version that never was; NeverTogether
 */
export function dateView(
  { address, layers }: ViewDraft,
  { times, now, pointer }: { readonly times: ServiceTimes; readonly now: string; readonly pointer: string },
): HashedView {
  const found = times.of(layers);
  const unknown = Object.entries(layers).filter(([id]) => found.every(({ layer }) => layer !== id));
  if (unknown.length > 0) {
    throw new InvalidParameter(
      unknown.map(([id, generation]) => ({
        detail: `There was never a version ${generation} of "${id}".`,
        pointer: `${pointer}/layers/${id}`,
      })),
    );
  }
  const storedAt = instantTogether(found, now);
  if (storedAt === null) {
    throw new NeverTogether(
      'These versions of the layers were never in service together. Load the layers again, and store what is shown then.',
    );
  }
  return { address, layers, storedAt, hash: hashView({ address, layers }).hash };
}

/**
 * The same view at the instant that belongs to its versions: one that was published while the view was stored says of
 * itself that it was in service a moment before it was. A view whose versions were never together stays as it is.
 */
export function redateView<View extends HashedView>(view: View, times: ServiceTimes): View {
  const storedAt = instantTogether(times.of(view.layers), view.storedAt) ?? view.storedAt;
  return storedAt === view.storedAt ? view : { ...view, storedAt };
}
