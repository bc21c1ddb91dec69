import type { Check } from './check.ts';
import { antimeridian } from './checks/antimeridian.ts';
import { nullIsland } from './checks/null-island.ts';
import { positionRange } from './checks/position-range.ts';
import { ringDirection } from './checks/ring-direction.ts';
import { ringOpen } from './checks/ring-open.ts';
import { ringShort } from './checks/ring-short.ts';

/** In the order in which they are run: a ring is closed before it is measured, and measured before it is turned. */
export const CHECKS: readonly Check[] = [positionRange, ringOpen, ringShort, ringDirection, antimeridian, nullIsland];
