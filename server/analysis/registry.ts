import { association } from './association.ts';
import { change } from './change.ts';
import { clusters } from './clusters.ts';
import { corridor } from './corridor.ts';
import { corroborate } from './corroborate.ts';
import { coverage } from './coverage.ts';
import { crossings } from './crossings.ts';
import { density } from './density.ts';
import { emergingHotspots } from './emerging-hotspots.ts';
import { exposure } from './exposure.ts';
import { hotspots } from './hotspots.ts';
import { nearRepeat } from './near-repeat.ts';
import type { Process } from './process.ts';
import { proximity } from './proximity.ts';
import { route } from './route.ts';
import { summary } from './summary.ts';
import { timeline } from './timeline.ts';
import { trace } from './trace.ts';
import { trend } from './trend.ts';

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
  hotspots,
  emergingHotspots,
  trend,
  change,
  coverage,
  nearRepeat,
  association,
  density,
  clusters,
];
