import { untilCutShort } from './archive/cut-short.ts';
import type { Reading } from './feature.ts';
import type { Format } from './format.ts';
import { readGpx } from './gpx/document.ts';
import { rootOf } from './xml/root.ts';

/** GPX 1.0 and 1.1: waypoints, routes and tracks, in WGS 84 by the format. */
export const gpx: Format = {
  name: 'gpx',
  title: 'GPX',
  sniff: (head) => rootOf(head) === 'gpx',
  async *read(file, limits) {
    const layer: Reading = { type: 'layer', layer: { name: null, crs: 4326, columns: null } };
    yield layer;
    yield* untilCutShort(readGpx(file.stream(), file.name, limits), limits);
  },
};
