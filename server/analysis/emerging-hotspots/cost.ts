import { secondsOfRing } from '../cells/neighbours.ts';
import type { Estimate } from '../estimate.ts';
import { MOST_SPREAD_SECONDS } from '../hotspots/spread.ts';
import type { EmergingInputs } from './inputs.ts';
import type { Chosen } from './look.ts';

/** On one processor: to read a record; of a hexagon in a step, to add up its ring, to test it, and to compare it with an earlier step. */
const SECONDS = { record: 2e-6, test: 2e-6, member: 4e-9, pair: 3e-9 } as const;

/** What it takes to count and to compare. */
export function costOf({ selected, study, time }: Chosen, { ring, imprecise }: EmergingInputs): Estimate {
  const records = selected.reduce((sum, { layer }) => sum + layer.count, 0);
  const tests = study.cells.length * time.steps.length;
  const members = tests * (3 * ring * (ring + 1) + 1);
  const pairs = (tests * time.steps.length) / 2;
  const { record, test, member, pair } = SECONDS;
  const spreading = imprecise === 'spread' ? MOST_SPREAD_SECONDS : 0;
  return {
    comparisons: Math.round(members + pairs),
    seconds: spreading + secondsOfRing(study, ring) + records * record + tests * test + members * member + pairs * pair,
  };
}
