import type { Position } from 'geojson';
import { InvalidParameter } from '../../core/errors.ts';
import type { Localized } from '../../core/layer.ts';
import { distancesToLineQuery, type RiverRow, riverQuery } from '../../query/analysis/trace.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { type Bank, bankOf } from './bank.ts';
import { inBatches } from './batches.ts';
import type { LotRecord } from './lots.ts';

/** Where a position lies of a river. */
export interface RiverSide extends Bank {
  readonly km: number;
  /** Whether the position is known well enough to tell: it is farther from the line than both may be off. */
  readonly isKnown: boolean;
}

export interface River {
  readonly title: Localized;
  readonly line: readonly Position[];
  readonly row: RiverRow;
}

/** The river that is named, or none when the collections have none of that name. @throws InvalidParameter */
export async function findRiver(
  question: Question,
  rivers: readonly Selected[],
  name: string,
): Promise<River | undefined> {
  const refuse = (detail: string): never => {
    throw new InvalidParameter([{ pointer: '/inputs/river', detail }]);
  };
  for (const { layer, filter } of rivers) {
    const [row, another] = await question.run<RiverRow>(riverQuery(layer, filter, name));
    if (!row) continue;
    if (another) refuse(`"${name}" is the name of several records of "${layer.id}": a river must be one.`);
    if (row.parts > 1)
      refuse(`"${name}" of "${layer.id}" has ${row.parts} parts: a river must be one line from end to end.`);
    const { coordinates } = JSON.parse(row.geojson) as { coordinates: Position[] };
    return { title: { en: row.name ?? name, fr: row.name_fr ?? row.name ?? name }, line: coordinates, row };
  }
  return undefined;
}

/** Of each record in their order; undefined beyond the reach of the river: past its ends, or farther away than asked. */
export async function riverSides(
  question: Question,
  river: River,
  records: readonly LotRecord[],
  reachKm: number,
): Promise<readonly (RiverSide | undefined)[]> {
  const rows = await inBatches(records, (batch) =>
    question.run<{ metres: number }>(distancesToLineQuery(river.row.geojson, batch)),
  );
  return records.map(({ lon, lat, within_m }, index): RiverSide | undefined => {
    const { metres } = rows[index] as { metres: number };
    const bank = metres <= reachKm * 1e3 ? bankOf(river.line, [lon, lat]) : null;
    if (!bank) return undefined;
    return { ...bank, km: metres / 1e3, isKnown: bank.side !== 'on' && metres > within_m + river.row.within_m };
  });
}
