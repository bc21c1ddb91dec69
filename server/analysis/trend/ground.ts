import type { GroundRow } from '../../query/analysis/trend/ground.ts';
import type { SpanRow } from '../../query/analysis/trend/spans.ts';
import { addTo, type Gathered, type Series } from './series.ts';

type Ground = Pick<GroundRow, 'keys' | 'area_m2'> & { readonly unit: number | string | null };
type Span = Pick<SpanRow, 'class' | 'first_step' | 'end_step'>;

/** Adds ground to each step in which one of these records is in force, once however many are. */
function addOnce({ values }: Series, spans: readonly Span[], areaM2: number): void {
  const sorted = spans.toSorted((a, b) => a.first_step - b.first_step);
  let next = 0;
  for (const { first_step, end_step } of sorted) {
    for (let step = Math.max(next, first_step); step < end_step; step++)
      values[step] = (values[step] as number) + areaM2;
    next = Math.max(next, end_step);
  }
}

const groupedBy = <Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> => {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known) known.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
};

/**
 * Puts ground into the series: of the whole and of each unit what any record in force covers, of each class what any of that
 * class does. Events are the records that have a part there.
 * @param rows pieces that do not overlap: those without a unit are all of the ground, the others what of it lies in units
 */
export function addGround(
  rows: readonly Ground[],
  spans: ReadonlyMap<string, Span>,
  { gathered, isClassed }: { readonly gathered: Gathered; readonly isClassed: boolean },
): void {
  for (const [unit, pieces] of groupedBy(rows, (row) => row.unit)) {
    const series = unit === null ? gathered.whole : gathered.ofUnit(unit);
    const present = new Map<string, Span>();
    for (const { keys, area_m2 } of pieces) {
      const own = keys.flatMap((key) => {
        const span = spans.get(key);
        if (span) present.set(key, span);
        return span ?? [];
      });
      addOnce(series, own, area_m2);
      if (unit !== null || !isClassed) continue;
      for (const [name, ofClass] of groupedBy(own, (span) => span.class))
        addOnce(gathered.ofClass(name), ofClass, area_m2);
    }
    for (const { class: name, first_step: from, end_step: to } of present.values()) {
      addTo(series, from, to, 1, 0);
      if (unit === null && isClassed) addTo(gathered.ofClass(name), from, to, 1, 0);
    }
  }
}
