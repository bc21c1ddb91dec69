import type { Run } from '../../query/sql.ts';
import { ArchiveTooLarge } from './errors.ts';
import { placesOf } from './places.ts';
import type { ExportRequest } from './request.ts';

/**
 * Counts what there is to make, before the first tile is made: most of a large archive lies at its last zooms.
 * @throws ArchiveTooLarge, RequestAborted
 */
export async function checkSize(run: Run, request: ExportRequest, maxTiles: number, signal: AbortSignal | undefined) {
  let tiles = 0;
  for await (const { z } of placesOf(run, request, signal)) {
    tiles += 1;
    if (tiles <= maxTiles) continue;
    throw new ArchiveTooLarge(
      `Zooms ${request.minzoom} to ${request.maxzoom} have more than ${maxTiles.toLocaleString('en')} tiles (that many by zoom ${z}): ` +
        'ask for a lower maxzoom, or make the archive with the command "npm run export -- pmtiles".',
    );
  }
}
