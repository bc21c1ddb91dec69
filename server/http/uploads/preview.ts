import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Router } from 'express';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { InvalidParameter } from '../../core/errors.ts';
import type { Layer } from '../../core/layer.ts';
import type { LayerRecord } from '../../core/record.ts';
import { parseTileCoord, type TileCoord } from '../../core/tile.ts';
import { UploadConflict } from '../../jobs/uploads/errors.ts';
import { type Filter, FULL_ACCESS } from '../../query/filter.ts';
import type { UploadRow } from '../../query/upload-doors.ts';
import { type StagingParts, stagingParts } from '../../query/upload-records.ts';
import { countPreview, type PreviewSide, previewRecords, previewTile } from '../../query/upload-tile.ts';
import { ByteLru } from '../../tiles/lru.ts';
import { prepareInMemory } from '../../tiles/memory/prepare.ts';
import { memoryTiles } from '../../tiles/memory.ts';
import { SingleFlight } from '../../tiles/single-flight.ts';
import type { TileSource } from '../../tiles/source.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { acceptsGzip } from '../hot/negotiate.ts';
import { parseParams } from '../params.ts';
import { findUpload } from './find-upload.ts';

/** Uploads with more records are drawn from the database: in memory they would push out everything else. */
const MEMORY_RECORDS = 200_000;
/** What a record takes in memory, about, and what all of them may take. */
const RECORD_BYTES = 600;
const MEMORY_BYTES = 256_000_000;

const MEDIA_TYPE = 'application/vnd.mapbox-vector-tile';

const packed = promisify(gzip);

/** Whoever has the token sees everything that he brought. */
const EVERYTHING: Filter = { access: FULL_ACCESS };

type Preview = { readonly layer: PublishedLayer; readonly tiles: TileSource | undefined };

/** Tiles of an upload before it is published: how its records lie in the file, and how they would be published. */
export function previewRoutes(context: Context): Router {
  const router = Router();
  const { run } = context;
  const previews = new ByteLru<Preview>(MEMORY_BYTES);
  const flights = new SingleFlight<Preview>();

  /** @throws UploadConflict when nothing is there to be shown */
  function layerOf({ mapping, state }: UploadRow): Layer {
    if (!mapping) throw new UploadConflict(`The upload is ${state}: there is nothing to be shown of it.`);
    const { target } = mapping;
    return target.mode === 'new' ? target.layer : context.catalogue().get(target.collection);
  }

  async function load(row: UploadRow, side: PreviewSide, signal: AbortSignal): Promise<Preview> {
    const staging = { upload: row.id };
    const [has] = await run<StagingParts['has']>(stagingParts(staging), signal);
    if (!has?.typed) throw new UploadConflict(`The upload is ${row.state}: its records are not there yet to be shown.`);
    const layer = layerOf(row);
    const [counted] = await run<{ count: number }>(countPreview(staging), signal);
    const count = counted?.count ?? 0;
    const inMemory = count <= MEMORY_RECORDS;
    const records = inMemory ? await run<LayerRecord>(previewRecords(staging, layer, side), signal) : [];
    const prepared = prepareInMemory(layer, records);
    const published = { ...layer, generation: 0, table: '', count, bbox: null, interval: null, prepared };
    const tiles = inMemory ? memoryTiles([{ layer: published, records }]) : undefined;
    return { layer: published, tiles };
  }

  /** Kept until the upload changes. */
  async function find(row: UploadRow, side: PreviewSide, signal: AbortSignal): Promise<Preview> {
    const key = `${row.id}/${side}/${row.updated_at}`;
    const kept = previews.get(key);
    if (kept) return kept;
    return flights.run(
      key,
      async (all) => {
        const preview = await load(row, side, all);
        previews.set(key, preview, preview.tiles ? preview.layer.count * RECORD_BYTES : 0);
        return preview;
      },
      signal,
    );
  }

  async function draw({ layer, tiles }: Preview, id: string, side: PreviewSide, coord: TileCoord, signal: AbortSignal) {
    if (tiles) return (await tiles.tile([layer], coord, [EVERYTHING], signal)).bytes;
    const [row] = await run<{ mvt: Buffer }>(previewTile({ upload: id }, layer, side, coord, layer.count), signal);
    return row?.mvt ?? Buffer.alloc(0);
  }

  router.get('/uploads/:id/tiles/:side/:z/:x/:y.mvt', async (request, response) => {
    const { id, side, z, x, y } = request.params;
    parseParams(request.originalUrl, ['generation']);
    if (side !== 'before' && side !== 'after') {
      throw new InvalidParameter([
        { parameter: 'side', detail: 'Tiles are those before or after: /tiles/before/... .' },
      ]);
    }
    const coord = parseTileCoord(z, x, y);
    const row = await findUpload(run, id);
    const signal = clientSignal(response);
    const bytes = await draw(await find(row, side, signal), id, side, coord, signal);
    const isPacked = acceptsGzip(request.headers['accept-encoding']);
    if (isPacked) response.set('Content-Encoding', 'gzip');
    response.set({ Vary: 'Accept-Encoding', 'Content-Type': MEDIA_TYPE });
    response.send(isPacked ? await packed(bytes) : Buffer.from(bytes));
  });

  return router;
}
