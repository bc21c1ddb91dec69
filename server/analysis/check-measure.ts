import { InvalidParameter } from '../core/errors.ts';
import { measuresOf } from '../query/analysis/summary/units.ts';
import type { Selected } from './select.ts';

/** Whether every collection sums the measure that is asked. @throws InvalidParameter */
export function checkMeasure(selected: readonly Selected[], measure: string | undefined): void {
  if (measure === undefined) return;
  const without = selected.find(({ layer }) => !measuresOf(layer).includes(measure));
  if (!without) return;
  const has = measuresOf(without.layer);
  const sums = has.length === 0 ? 'it sums nothing' : `it sums ${has.join(', ')}`;
  throw new InvalidParameter([
    { pointer: '/inputs/measure', detail: `"${without.layer.id}" does not sum "${measure}"; ${sums}.` },
  ]);
}
