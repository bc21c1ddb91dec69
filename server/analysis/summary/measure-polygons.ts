import { type AreasRow, polygonsQuery } from '../../query/analysis/summary/polygons.ts';
import type { Units } from '../../query/analysis/summary/units.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { emptyTally, type LayerTally } from './tally.ts';

/** Square metres that overlays gain or lose of a shape: less is nothing. */
const LOST_M2 = 1;

/** Polygons by their area in each unit. */
export async function measurePolygons(
  { run }: Pick<Question, 'run'>,
  selected: Selected,
  units: Units,
): Promise<LayerTally> {
  const [whole, ...rows] = await run<AreasRow>(polygonsQuery(selected.layer, selected.filter, units));
  const toTally = ({ records, area_m2: size }: Pick<AreasRow, 'records' | 'area_m2'>) => ({
    ...emptyTally(0, 0),
    ...{ records, size },
  });
  const rest = (whole?.area_m2 ?? 0) - rows.reduce((sum, { area_m2 }) => sum + area_m2, 0);
  return {
    ...{ selected, measures: [] },
    inside: new Map(rows.map((row) => [row.unit as number, toTally(row)])),
    // How many records have a part outside is not known from areas; none is said.
    outside: toTally({ records: 0, area_m2: rest < LOST_M2 ? 0 : rest }),
  };
}
