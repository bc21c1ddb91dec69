import { squaredLine, toSquaredMetres } from './geocentric.ts';
import type { DatedPlaces } from './st-dbscan.ts';

/** Events that are asked: spread over the list, enough for quartiles. */
const SAMPLE = 400;

/** How far away the so-many-th nearest other event is that is also near in time. Metres, rising. */
export interface NeighbourDistances {
  readonly distances: Float64Array;
  readonly asked: number;
  /** Of them those that have not so many others near in time: no distance makes them a core. */
  readonly without: number;
}

/**
 * The k-distances by which the radius of DBSCAN is judged: Ester et al. (1996), KDD-96, 226-231, section 4.2; here of
 * others at most `days` away, and of 400 events at most, taken at equal steps of the list.
 * @param nth which neighbour, at least 1
 */
export function neighbourDistances({ xyz, first, last }: DatedPlaces, days: number, nth: number): NeighbourDistances {
  if (!(Number.isInteger(nth) && nth >= 1)) throw new RangeError(`no neighbour: ${nth}`);
  const all = first.length;
  const longest = first.reduce((most, from, event) => Math.max(most, (last[event] as number) - from), 0);
  const step = Math.max(1, Math.ceil(all / SAMPLE));
  const found: number[] = [];
  let [asked, without] = [0, 0];
  let begin = 0;
  for (let event = 0; event < all; event += step) {
    asked += 1;
    const [earliest, latest] = [(first[event] as number) - days, (last[event] as number) + days];
    while ((first[begin] as number) < earliest - longest) begin += 1;
    const nearest: number[] = [];
    for (let other = begin; other < all && (first[other] as number) <= latest; other += 1) {
      if (other === event || (last[other] as number) < earliest) continue;
      const squared = squaredLine(xyz, event, other);
      if (nearest.length === nth && squared >= (nearest[nth - 1] as number)) continue;
      let at = nearest.length;
      while (at > 0 && (nearest[at - 1] as number) > squared) at -= 1;
      nearest.splice(at, 0, squared);
      if (nearest.length > nth) nearest.pop();
    }
    const far = nearest[nth - 1];
    if (far === undefined) without += 1;
    else found.push(Math.sqrt(toSquaredMetres(far)));
  }
  return { distances: Float64Array.from(found).sort(), asked, without };
}
