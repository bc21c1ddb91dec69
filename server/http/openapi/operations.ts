import type { Operation } from './operation.ts';
import { UPLOADS, VERSIONS } from './operations/changes.ts';
import { COMMON } from './operations/common.ts';
import { CORRECTIONS } from './operations/corrections.ts';
import { FEATURES } from './operations/features.ts';
import { PROCESSES } from './operations/processes.ts';
import { HEXAGONS, TILES } from './operations/tiles.ts';

/** Everything that the server does. `openapi.test.ts` holds it to the routes, and to the parameters that they take. */
export const OPERATIONS: readonly Operation[] = [
  ...COMMON,
  ...FEATURES,
  ...TILES,
  ...HEXAGONS,
  ...PROCESSES,
  ...CORRECTIONS,
  ...VERSIONS,
  ...UPLOADS,
];
