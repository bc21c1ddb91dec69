import type { Operation } from './operation.ts';
import { BRIEFS } from './operations/briefs.ts';
import { UPLOADS, VERSIONS } from './operations/changes.ts';
import { COMMON } from './operations/common.ts';
import { COPIES } from './operations/copies.ts';
import { CORRECTIONS } from './operations/corrections.ts';
import { FEATURES } from './operations/features.ts';
import { PDF } from './operations/pdf.ts';
import { PICTURES } from './operations/pictures.ts';
import { PROCESSES } from './operations/processes.ts';
import { HEXAGONS, TILES } from './operations/tiles.ts';
import { WATCHES } from './operations/watches.ts';

/** Everything that the server does. `openapi.test.ts` holds it to the routes, and to the parameters that they take. */
export const OPERATIONS: readonly Operation[] = [
  ...COMMON,
  ...FEATURES,
  ...TILES,
  ...HEXAGONS,
  ...PICTURES,
  ...PROCESSES,
  ...WATCHES,
  ...COPIES,
  ...CORRECTIONS,
  ...VERSIONS,
  ...BRIEFS,
  ...PDF,
  ...UPLOADS,
];
