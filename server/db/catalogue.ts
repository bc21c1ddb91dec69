import { Catalogue, type PublishedLayer } from '../core/catalogue.ts';
import { LayerSchema } from '../core/layer.ts';
import { PreparedSchema } from '../core/prepared.ts';
import { type CatalogueRow, catalogueQuery } from '../query/catalogue.ts';
import type { Run } from '../query/sql.ts';

function toPublishedLayer(row: CatalogueRow): PublishedLayer {
  const layer = LayerSchema.parse(row.definition);
  const [west, south, east, north] = row.bbox ?? [0, 0, 0, 0];
  return {
    ...layer,
    generation: row.generation,
    table: row.table_name,
    count: row.count,
    bbox: row.bbox && { west, south, east, north },
    interval: layer.time === null || row.count === 0 ? null : { from: row.from, to: row.to },
    prepared: PreparedSchema.parse(row.prepared),
  };
}

/** The catalogue as the database has it now. */
export async function readCatalogue(run: Run): Promise<Catalogue> {
  return new Catalogue((await run<CatalogueRow>(catalogueQuery())).map(toPublishedLayer));
}
