import type { Layer } from '../core/layer.ts';
import { type Query, type Sql, sql, toQuery } from './sql.ts';
import { recordTable } from './tables.ts';

/** What a caller may see. Decided by who asks, never by what is asked. */
export interface Access {
  readonly handling: readonly Layer['handling'][];
}

/**
 * Of records of an earlier version: what is withheld by now, or was when it was last there, was perhaps public once, and
 * must not be given away by the version of that time. Known by its number and by its id. The names of the table's columns
 * are none that `fid` and `record_id` could be taken for.
 */
export function isNotWithheldNow(layerId: string, { handling }: Access): Sql {
  const isWithheld = (same: Sql) => sql`EXISTS (SELECT FROM azalai.withheld
    WHERE withheld.layer_id = ${layerId}::text AND ${same} AND NOT withheld.level = ANY(${handling}::text[]))`;
  return sql`NOT ${isWithheld(sql`withheld.item = fid`)} AND NOT ${isWithheld(sql`withheld.record = record_id`)}`;
}

/**
 * Keeps in mind what a version that is being published withholds. What it has is judged anew; what an earlier version
 * withheld and this one does not have stays withheld.
 */
export function keepWithheld(version: { readonly id: string; readonly table: string }): readonly Query[] {
  const records = recordTable(version);
  const forget = (same: Sql) =>
    toQuery(sql`DELETE FROM azalai.withheld USING ${records} AS now
      WHERE withheld.layer_id = ${version.id}::text AND ${same}`);
  return [
    forget(sql`now.fid = withheld.item`),
    forget(sql`now.record_id = withheld.record`),
    toQuery(sql`INSERT INTO azalai.withheld (layer_id, item, record, level)
      SELECT ${version.id}::text, fid, record_id, handling FROM ${records} WHERE handling <> 'public'`),
  ];
}
