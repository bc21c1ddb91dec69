/** Time as milliseconds since 1970 UTC, half-open [from, to); -Infinity and Infinity are open. */
export interface Held {
  readonly from: number;
  readonly to: number;
}

/** A stretch of time in which the same claims hold; none: nothing is recorded. */
export interface Span<Claim> extends Held {
  /** In the order in which they were given. */
  readonly claims: readonly Claim[];
}

/** ISO 8601 UTC; null is open. */
export const toHeld = (from: string | null, to: string | null): Held => ({
  from: from === null ? Number.NEGATIVE_INFINITY : Date.parse(from),
  to: to === null ? Number.POSITIVE_INFINITY : Date.parse(to),
});

/** The window, cut wherever a claim begins or ends: in order, without holes, so that gaps are spans of their own. */
export function toSpans<Claim extends Held>(claims: readonly Claim[], window: Held): Span<Claim>[] {
  if (window.from >= window.to) return [];
  const isWithin = (time: number) => time > window.from && time < window.to;
  const cuts = [...new Set(claims.flatMap(({ from, to }) => (from < to ? [from, to] : [])).filter(isWithin))];
  const bounds = [window.from, ...cuts.sort((a, b) => a - b), window.to];
  return bounds.slice(0, -1).map((from, index) => {
    const to = bounds[index + 1] as number;
    return { from, to, claims: claims.filter((claim) => claim.from <= from && claim.to >= to) };
  });
}
