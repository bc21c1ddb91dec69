import { seededRandom } from '../../stats/random.ts';
import { type Relocated, relocateWithin } from '../../stats/relocate-within.ts';
import { type Shifted, type ShiftUndefined, toroidalShift } from '../../stats/toroidal-shift.ts';
import { drain, inTurns, type Pause } from '../corridor/turns.ts';
import type { Question } from '../question.ts';
import type { AssociationInputs } from './inputs.ts';
import type { Measured } from './measure.ts';
import type { Table } from './table.ts';

/** What the events would do if they had nothing to do with the shapes. */
export interface Nulls {
  readonly shifted: Shifted | ShiftUndefined;
  /** Absent where there are no places. */
  readonly relocated: Relocated | undefined;
}

/** Each draws from a stream of its own: one does not depend on whether the other is asked. */
const [OF_SHIFTS, OF_RELOCATIONS] = [0, 1];

export async function testNulls(
  { signal }: Question,
  { bands, lattice, ground, columns, rowsOf }: Measured,
  { counts, areas }: Table,
  { permutations, seed }: AssociationInputs,
): Promise<Nulls> {
  const compute = async (pause: Pause): Promise<Nulls> => {
    const { marks, band, metres: distance } = ground;
    const grid = { columns: lattice.columns, rows: lattice.rows, marks, band, distance };
    const random = seededRandom(seed, OF_SHIFTS);
    const shifted = await drain(toroidalShift(grid, columns, rowsOf, bands.count, permutations, random), pause);
    if (bands.strata === 1) return { shifted, relocated: undefined };
    const own = seededRandom(seed, OF_RELOCATIONS);
    return { shifted, relocated: await drain(relocateWithin(counts, areas, bands.count, permutations, own), pause) };
  };
  return inTurns(compute, { signal, kind: 'long' });
}
