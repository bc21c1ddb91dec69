import type { ProcessResult } from '../api/processes.ts';
import { styleOf } from './style-of.ts';

/** Parts whose areas would lie below those of a part before them, and say the same in another form: one is drawn at a time. */
export function partsBelow({ features }: Pick<ProcessResult, 'features'>): string[] {
  const areas = Object.entries(features).filter(
    ([, part]) => part.features.length > 0 && styleOf(part, 'light').type === 'fill',
  );
  return areas.slice(1).map(([id]) => id);
}
