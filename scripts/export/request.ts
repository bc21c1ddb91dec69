import type { Brief } from '../../server/core/brief.ts';
import type { Catalogue } from '../../server/core/catalogue.ts';
import { checkFilter } from '../../server/core/cql2/check.ts';
import { parseFilter } from '../../server/core/cql2/parse-text.ts';
import { InvalidParameter } from '../../server/core/errors.ts';
import { parseDatetime } from '../../server/core/interval.ts';
import type { MapSettings } from '../../server/core/map-settings.ts';
import type { CopyRequest } from '../../server/jobs/export/copy-contents.ts';
import { toCopyRequest } from '../../server/jobs/export/copy-request.ts';
import type { OfflineRequest } from '../../server/jobs/export/offline-folder.ts';
import { type ExportRequest, toExportRequest } from '../../server/jobs/export/request.ts';
import { type Filter, PUBLIC_ACCESS } from '../../server/query/filter.ts';
import type { ExportArguments } from './arguments.ts';

/**
 * What was typed, as the export takes it. Whoever types it, an archive holds what anyone may see.
 * @throws LayerNotFound, InvalidParameter, InvalidFilter
 */
export function toRequest(args: ExportArguments, catalogue: Catalogue, map: MapSettings, now: Date): ExportRequest {
  const { collections, datetime, filter, minzoom } = args;
  const layers = collections.map((id) => catalogue.get(id));
  const family = args.hexagons ? 'hexagons' : 'records';
  const withoutPoints = layers.find(({ geometry }) => geometry !== 'point');
  if (args.hexagons && withoutPoints) {
    const detail = `"${withoutPoints.id}" has no points to count in hexagons.`;
    throw new InvalidParameter([{ parameter: 'hexagons', detail }]);
  }
  const interval = datetime === undefined ? undefined : parseDatetime(datetime);
  const expression = filter === undefined ? undefined : parseFilter(filter);
  const filters = layers.map(
    (layer): Filter => ({
      access: PUBLIC_ACCESS,
      datetime: interval,
      expression: expression && checkFilter(expression, layer),
    }),
  );
  const { maxzoom } = args;
  return toExportRequest({ family, layers, filters, minzoom, maxzoom, datetime, filter }, map.disclaimer, now);
}

/**
 * The whole map, or some collections of it, of all dates: the page counts a window of months by itself.
 * @throws LayerNotFound
 */
export function toOfflineRequest(
  args: ExportArguments,
  catalogue: Catalogue,
  map: MapSettings,
  clientFolder: string,
  now: Date,
): OfflineRequest {
  const layers = args.collections.length > 0 ? args.collections.map((id) => catalogue.get(id)) : catalogue.layers;
  const requestOf = (members: typeof layers) => {
    const hexagons = members.every(({ style }) => style.type === 'hexagons');
    const collections = members.map(({ id }) => id);
    return toRequest({ ...args, collections, hexagons }, catalogue, map, now);
  };
  return { layers, map, clientFolder, exportedAt: now.toISOString(), requestOf };
}

/**
 * A brief, or an area, as it is copied into a folder or into one file.
 * @throws LayerNotFound
 */
export function toTypedCopy(
  { collections, area, maxzoom }: ExportArguments,
  brief: Brief | undefined,
  catalogue: Catalogue,
  map: MapSettings,
  now: Date,
): CopyRequest {
  const named = collections.length > 0 ? collections : undefined;
  const views = brief?.views.map(({ view }) => view);
  return toCopyRequest({ catalogue, map, now, views, brief, area, collections: named, maxzoom });
}
