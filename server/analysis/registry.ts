import { corridor } from './corridor.ts';
import { corroborate } from './corroborate.ts';
import { crossings } from './crossings.ts';
import { exposure } from './exposure.ts';
import type { Process } from './process.ts';
import { proximity } from './proximity.ts';
import { route } from './route.ts';
import { summary } from './summary.ts';
import { timeline } from './timeline.ts';
import { trace } from './trace.ts';

/** Every question that can be asked, in the order of the list. */
export const PROCESSES: readonly Process[] = [
  corridor,
  proximity,
  corroborate,
  summary,
  crossings,
  timeline,
  trace,
  exposure,
  route,
];
