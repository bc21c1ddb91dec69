import type { Run } from '../../query/sql.ts';
import { type ServiceTime, serviceTimes } from '../../query/views.ts';

/** When versions were in service, of layers by their ids with a generation each. */
export interface ServiceTimes {
  /** Those of a view that ever were: others are left out. */
  of(layers: Readonly<Record<string, number>>): readonly ServiceTime[];
}

/** Reads it for some views at once. */
export async function readServiceTimes(
  run: Run,
  views: readonly { readonly layers: Readonly<Record<string, number>> }[],
): Promise<ServiceTimes> {
  const pairs = views.flatMap(({ layers }) => Object.entries(layers));
  const asked = [...new Map(pairs.map((pair) => [pair.join('@'), pair])).values()];
  const rows = asked.length === 0 ? [] : await run<ServiceTime>(serviceTimes(asked));
  const known = new Map(rows.map((row) => [`${row.layer}@${row.generation}`, row]));
  return { of: (layers) => Object.entries(layers).flatMap((pair) => known.get(pair.join('@')) ?? []) };
}
