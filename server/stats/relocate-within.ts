/** How many of the events lie in each band, were each anywhere in its own stratum. */
export interface Relocated {
  /** Of events in strata that have ground: only they can be moved. */
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  /** (M + 1) / (R + 1): M of R relocations have as many there, or more. */
  readonly p: Float64Array;
}

/**
 * Whether more events lie in a band than if each could as well lie anywhere else in its stratum: each is moved by itself, to a
 * place of its stratum drawn by area. It holds what the strata hold, as distance to towns, and not how events lie among
 * themselves: where they come in clusters p is too small. p after Barnard 1963 as North, Curtis & Sham 2002, American Journal of
 * Human Genetics 71, 439-441.
 * @param counts, areas of each stratum and band, stratum-major: index = stratum * bands + band
 * @throws RangeError
 */
export function* relocateWithin(
  counts: Int32Array,
  areas: Float64Array,
  bands: number,
  relocations: number,
  random: () => number,
): Generator<number, Relocated, undefined> {
  if (!(bands > 0 && counts.length === areas.length && counts.length % bands === 0)) throw new RangeError('no table');
  if (!(Number.isInteger(relocations) && relocations > 0)) throw new RangeError(`relocations: ${relocations}`);
  const [observed, expected] = [new Float64Array(bands), new Float64Array(bands)];
  const strata: { events: number; cumulated: Float64Array }[] = [];
  for (let first = 0; first < counts.length; first += bands) {
    const own = areas.subarray(first, first + bands);
    const area = own.reduce((sum, each) => sum + each, 0);
    const events = counts.subarray(first, first + bands).reduce((sum, each) => sum + each, 0);
    if (area === 0 || events === 0) continue;
    const cumulated = own.map((_, band) => own.subarray(0, band + 1).reduce((sum, each) => sum + each, 0) / area);
    strata.push({ events, cumulated });
    for (let band = 0; band < bands; band += 1) {
      observed[band] = (observed[band] as number) + (counts[first + band] as number);
      expected[band] = (expected[band] as number) + (events * (own[band] as number)) / area;
    }
  }
  const asMany = new Float64Array(bands);
  const moved = new Float64Array(bands);
  for (let round = 1; round <= relocations; round += 1) {
    moved.fill(0);
    for (const { events, cumulated } of strata) {
      for (let event = 0; event < events; event += 1) {
        const at = random();
        let band = 0;
        while (band < bands - 1 && at >= (cumulated[band] as number)) band += 1;
        moved[band] = (moved[band] as number) + 1;
      }
    }
    for (let band = 0; band < bands; band += 1)
      if ((moved[band] as number) >= (observed[band] as number)) asMany[band] = (asMany[band] as number) + 1;
    yield round;
  }
  return { observed, expected, p: asMany.map((more) => (more + 1) / (relocations + 1)) };
}
