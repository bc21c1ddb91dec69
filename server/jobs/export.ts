import type { Bbox } from '../core/bbox.ts';
import type { PublishedLayer } from '../core/catalogue.ts';
import { common } from '../core/copy-area.ts';
import { RequestAborted } from '../core/errors.ts';
import type { TileCoord } from '../core/tile.ts';
import { toGzip } from '../encode/gzip.ts';
import { Archive, type ArchiveCounts } from '../encode/pmtiles.ts';
import type { Filter } from '../query/filter.ts';
import type { ArchiveSink } from './export/archive-file.ts';
import { checkExportable } from './export/check-exportable.ts';
import { NothingToExport } from './export/errors.ts';
import { inOrder } from './export/in-order.ts';
import { placesOf } from './export/places.ts';
import type { ExportRequest } from './export/request.ts';
import type { ExportSource } from './export/source.ts';

/** Tiles made at once: enough to keep two cores busy, and few beside those that people wait for. */
const WIDTH = 4;

export interface ExportProgress {
  /** The zoom that is being written. */
  readonly z: number;
  /** Tiles in the archive so far. */
  readonly tiles: number;
}

export interface ExportOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
  /** Of a copy that is made while its caller waits: more of a source are not begun. */
  readonly maxTiles?: number | undefined;
}

/**
 * Writes the tiles that the server would serve of some layers into a PMTiles archive. Holds a few tiles at a time and
 * the archive's directory, whatever its size. When it fails or is aborted, the sink is told to discard.
 * @throws NotExportable, NothingToExport, CannotWrite (by the sink), RequestAborted
 */
export async function exportArchive(
  source: ExportSource,
  request: ExportRequest,
  openSink: () => Promise<ArchiveSink>,
  options: ExportOptions = {},
): Promise<ArchiveCounts> {
  const { layers, minzoom, maxzoom, area, metadata } = request;
  checkExportable(layers);
  // What fails must not leave queries behind that nobody waits for.
  const ending = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, ending.signal]) : ending.signal;
  const archive = new Archive();
  const sink = await openSink();
  try {
    await sink.append(archive.room);
    for await (const { coord, bytes } of tilesOf(source, request, signal)) {
      signal.throwIfAborted();
      const fresh = bytes.length > 0 && archive.add(coord, bytes);
      if (fresh) await sink.append(fresh);
      options.onProgress?.({ z: coord.z, tiles: archive.tiles });
    }
    if (archive.tiles === 0)
      throw new NothingToExport('There is nothing in what was asked for: no archive is written.');
    const { head, tail, counts } = archive.end({ minzoom, maxzoom, bounds: boundsOf(layers, area), metadata });
    await sink.append(tail);
    await sink.finish(head);
    return counts;
  } catch (error) {
    ending.abort();
    await sink.discard();
    // Whatever noticed it first: a query that was cancelled, or the loop above.
    throw options.signal?.aborted ? new RequestAborted('The export was stopped: nothing is written.') : error;
  }
}

/** The tiles that may hold something, gzipped, in the order of the archive. */
function tilesOf(source: ExportSource, request: ExportRequest, signal: AbortSignal) {
  const { family, layers, filters } = request;
  const [layer, filter] = [layers[0] as PublishedLayer, filters[0] as Filter];
  const fetchTile = (coord: TileCoord) =>
    family === 'records'
      ? source.tiles.tile(layers, coord, filters, signal)
      : source.tiles.hexTile(layer, coord, filter, signal);
  return inOrder(placesOf(source.run, request, signal), WIDTH, async (coord) => {
    const { bytes, encoding } = await fetchTile(coord);
    return { coord, bytes: encoding === 'gzip' || bytes.length === 0 ? bytes : await toGzip(bytes) };
  });
}

function boundsOf(layers: readonly PublishedLayer[], area: Bbox | undefined): Bbox {
  const boxes = layers.flatMap(({ bbox }) => bbox ?? []);
  const whole = {
    west: Math.min(...boxes.map(({ west }) => west)),
    south: Math.min(...boxes.map(({ south }) => south)),
    east: Math.max(...boxes.map(({ east }) => east)),
    north: Math.max(...boxes.map(({ north }) => north)),
  };
  return (area && common(whole, area)) ?? whole;
}
