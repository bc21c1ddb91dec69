import { countQuery } from '../query/items.ts';
import { type Caveat, tooImprecise } from './caveats.ts';
import type { Place } from './place.ts';
import type { Question } from './question.ts';
import type { Selected } from './select.ts';

/** Says of each collection with a ceiling on the precision how many records that leaves out. @param place where they are counted */
export async function beyondCeiling(
  { run }: Question,
  selected: readonly Selected[],
  place: Pick<Place, 'geometry'> | undefined,
): Promise<Caveat[]> {
  const caveats: Caveat[] = [];
  for (const { layer, filter, maxPrecisionM } of selected) {
    if (maxPrecisionM === undefined) continue;
    const within = { ...filter, place: place?.geometry };
    const [all] = await run<{ count: number }>(countQuery(layer, { ...within, maxPrecisionM: undefined }));
    const [kept] = await run<{ count: number }>(countQuery(layer, within));
    caveats.push(...tooImprecise((all?.count ?? 0) - (kept?.count ?? 0), maxPrecisionM));
  }
  return caveats;
}
