import type { Position } from 'geojson';
import { InvalidParameter } from '../../core/errors.ts';
import type { Localized } from '../../core/layer.ts';
import { type RiverDistanceRow, type RiverRow, riverDistancesQuery, riverQuery } from '../../query/analysis/trace.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { bankOf } from './bank.ts';
import { inBatches } from './batches.ts';
import type { LotRecord } from './lots.ts';

/** Where a position lies of a river. */
export interface RiverSide {
  readonly bank: 'left' | 'right' | 'between';
  /** Degrees clockwise from north: in which direction it lies from the nearest place of the river. */
  readonly azimuth: number;
  /** From the line of the river itself. */
  readonly km: number;
  /** Whether the position is known well enough to tell: it is farther from the river and its arms than both may be off. */
  readonly isKnown: boolean;
}

export interface River {
  readonly title: Localized;
  readonly line: readonly Position[];
  readonly geojson: string;
  readonly arms: string | undefined;
  /** How far off the lines may be, in metres. */
  readonly withinM: number;
}

/**
 * The river that is named, with its arms, or none when the collections have none of that name.
 * @throws InvalidParameter where the name is not that of one line
 */
export async function findRiver(
  { run }: Question,
  rivers: readonly Selected[],
  { river, arms }: { readonly river: string; readonly arms: string },
): Promise<River | undefined> {
  const refuse = (detail: string): never => {
    throw new InvalidParameter([{ pointer: '/inputs/river', detail }]);
  };
  for (const { layer, filter } of rivers) {
    const [row, another] = await run<RiverRow>(riverQuery(layer, filter, river));
    if (!row) continue;
    if (another) refuse(`"${river}" is the name of several records of "${layer.id}": a river is one.`);
    if (row.parts > 1) {
      refuse(`"${river}" of "${layer.id}" has ${row.parts} parts: a river is one line from end to end.`);
    }
    const [beside] = await run<RiverRow>(riverQuery(layer, filter, arms));
    const { coordinates } = JSON.parse(row.geojson) as { coordinates: Position[] };
    return {
      title: { en: row.name ?? river, fr: row.name_fr ?? row.name ?? river },
      ...{ line: coordinates, geojson: row.geojson, arms: beside?.geojson },
      withinM: Math.max(row.within_m, beside?.within_m ?? 0),
    };
  }
  return undefined;
}

/** Of each record in their order; undefined beyond the reach of the river: past its ends, or farther away than asked. */
export async function riverSides(
  { run }: Question,
  { line, geojson, arms, withinM }: River,
  records: readonly LotRecord[],
  reachKm: number,
): Promise<readonly (RiverSide | undefined)[]> {
  const rows = await inBatches(records, (batch) => run<RiverDistanceRow>(riverDistancesQuery(geojson, arms, batch)));
  return records.map(({ lon, lat, within_m }, index): RiverSide | undefined => {
    const { metres, nearest, between } = rows[index] as RiverDistanceRow;
    const found = metres <= reachKm * 1e3 ? bankOf(line, [lon, lat]) : null;
    if (!found) return undefined;
    // On the line itself it lies between the banks as well.
    const bank = between || found.side === 'on' ? 'between' : found.side;
    return { bank, azimuth: found.azimuth, km: metres / 1e3, isKnown: nearest > within_m + withinM };
  });
}
