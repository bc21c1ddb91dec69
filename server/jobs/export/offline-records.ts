import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bbox } from '../../core/bbox.ts';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { recordFileNumber, recordsFile, recordsFolder } from '../../core/offline.ts';
import { type ItemRow, toFeature } from '../../encode/feature.ts';
import { PUBLIC_ACCESS } from '../../query/filter.ts';
import { itemsQuery } from '../../query/items.ts';
import type { Run } from '../../query/sql.ts';

const PAGE = 5000;

/**
 * Writes the public records of a layer as GeoJSON, those numbered 1000 to 1999 into `1.json` and so on: a page finds a
 * record's file by its number, without an index. Files with no record are not there. `area`: only those that meet it.
 */
export async function writeRecords(
  run: Run,
  layer: PublishedLayer,
  area: Bbox | undefined,
  folder: string,
  signal?: AbortSignal,
) {
  await mkdir(path.join(folder, recordsFolder(layer.id)), { recursive: true });
  let file = -1;
  let features: ReturnType<typeof toFeature>[] = [];
  const flush = async () => {
    if (features.length === 0) return;
    const target = path.join(folder, recordsFile(layer.id, file));
    await writeFile(target, JSON.stringify({ type: 'FeatureCollection', features }));
    features = [];
  };
  const filter = { access: PUBLIC_ACCESS, bbox: area && [area] };
  for (let after: number | undefined; ; ) {
    const rows = await run<ItemRow>(itemsQuery(layer, filter, { limit: PAGE, after }), signal);
    for (const row of rows) {
      const own = recordFileNumber(row.fid);
      if (own !== file) await flush();
      file = own;
      features.push(toFeature(layer, row));
    }
    after = rows.at(-1)?.fid;
    if (rows.length < PAGE) break;
  }
  await flush();
}
