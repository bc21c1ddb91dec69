import type { PublishedLayer } from '../../../core/catalogue.ts';
import type { Mapping } from '../../../core/mapping.ts';
import { knownNames } from '../../../query/checks/region-claims.ts';
import type { Run } from '../../../query/sql.ts';
import { regionLevels } from '../../../query/staging/extra-columns.ts';

interface ToChoose {
  /** Id of the upload, whose records have been read. */
  readonly upload: string;
  readonly mapping: Mapping;
  /** Layers with boundaries of some level each. */
  readonly boundaries: readonly PublishedLayer[];
}

/**
 * Which boundaries the records mean that name regions, by levels: of several layers the one that knows most of the names, of
 * these the one with the sharpest outlines. A level of which no layer has any is left out.
 */
export async function chooseRegions(
  run: Run,
  { upload, mapping, boundaries }: ToChoose,
): Promise<ReadonlyMap<number, PublishedLayer>> {
  const chosen = new Map<number, PublishedLayer>();
  // One is no choice.
  if (boundaries.length < 2 || mapping.target.mode === 'delete') return chosen;
  for (const claim of regionLevels(mapping)) {
    const found: { readonly regions: PublishedLayer; readonly known: number; readonly blur: number }[] = [];
    for (const regions of boundaries) {
      const query = knownNames({ staging: { upload }, mapping }, { ...claim, regions });
      const [row] = await run<{ known: number; blur: number; has: boolean }>(query);
      if (row?.has) found.push({ regions, ...row });
    }
    const [best] = found.toSorted((a, b) => b.known - a.known || a.blur - b.blur);
    if (best) chosen.set(claim.level, best.regions);
  }
  return chosen;
}
