/** From when to when a version was in service. ISO 8601 UTC, milliseconds; `until` is when the next one was; null: it is still. */
interface Service {
  readonly from: string;
  readonly until: string | null;
}

const MILLISECOND = 1;

/**
 * The instant closest to `wanted` at which all these versions were in service; null where there was none. `known_at` with
 * it then finds these versions. Without versions every instant will do. Instants are ISO 8601 UTC, milliseconds.
 */
export function instantTogether(services: readonly Service[], wanted: string): string | null {
  let [from, until] = ['', null as string | null];
  for (const service of services) {
    if (service.from > from) from = service.from;
    if (service.until !== null && (until === null || service.until < until)) until = service.until;
  }
  if (until !== null && from >= until) return null;
  if (wanted < from) return from;
  if (until === null || wanted < until) return wanted;
  // A version begins with the millisecond in which it was published.
  return new Date(Date.parse(until) - MILLISECOND).toISOString();
}
